import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { getActor } from "#lib/actor/queries.ts";
import { newId } from "#lib/ids.ts";

const { resources } = schema;

type Kept = {
  by: string;
  name: string;
  /** Days ago. */
  ago: number;
  url?: string;
  type?: "link" | "pad" | "call";
  summary?: string;
  /** What the page behind it says of itself. */
  title?: string;
  description?: string;
  /** What lies in a folder. */
  holds?: Kept[];
};

/** What the members of the repair workshop look for again and again; the addresses are invented. */
const shelf: Kept[] = [
  {
    ...{ by: "ines_moreau", name: "Comptes rendus", ago: 180 },
    summary: "Un par réunion, du plus ancien au plus récent.",
    holds: [
      {
        ...{ by: "ines_moreau", name: "2026", ago: 90 },
        holds: [
          {
            ...{ by: "bjorn_dahl", name: "Réunion de septembre", ago: 60, type: "pad" },
            url: "https://pad.example.org/p/reunion-de-septembre-7f3a90c1",
          },
          {
            ...{ by: "maelle_guen", name: "Réunion d’octobre", ago: 31, type: "pad" },
            url: "https://pad.example.org/p/reunion-d-octobre-b81e22d4",
            summary: "La partie sur la caisse est à relire.",
          },
        ],
      },
    ],
  },
  {
    ...{ by: "giulia_conti", name: "Affiches et dépliants", ago: 120 },
    holds: [
      {
        ...{ by: "giulia_conti", name: "L’affiche de l’hiver, à imprimer", ago: 12 },
        url: "https://fichiers.example.org/atelier/affiche-hiver.pdf",
        summary: "A3, deux couleurs. Le fichier source est dans le même dossier, là-bas.",
      },
    ],
  },
  {
    ...{ by: "bjorn_dahl", name: "Les permanences", ago: 150, type: "call" },
    url: "https://visio.example.org/les-permanences-5d0c77ab",
    summary: "Le premier mardi du mois, à 20 h 30.",
  },
  {
    ...{ by: "kwame_mensah", name: "Redresser une roue", ago: 44 },
    url: "https://velo.example.org/tutoriels/redresser-une-roue",
    title: "Redresser une roue voilée en vingt minutes",
    description:
      "Une clé à rayons, deux colliers de serrage, et de la patience : la méthode pas à pas, avec des dessins.",
  },
  {
    ...{ by: "demo", name: "Stock de pièces", ago: 8 },
    url: "https://tableur.example.org/atelier/stock",
    summary: "À remplir en partant : ce que l’on a pris, ce qui manque.",
  },
];

/** Fills the shelf of a group of the demonstration. */
export async function seedResources(db: Database): Promise<void> {
  const group = await getActor(db, "atelier_des_ponts");
  if (!group || (await db.$count(resources, eq(resources.groupId, group.id))) > 0) return;
  const put = async (all: Kept[], parentId: string | null, depth: number): Promise<void> => {
    for (const { by, ago, holds, url = null, type = "link", title = "", description = "", ...words } of all) {
      const [id, actor] = [newId(), await getActor(db, by)];
      await db.insert(resources).values({
        ...{ id, groupId: group.id, actorId: actor!.id, parentId, depth, url, title, description, ...words },
        type: holds ? "folder" : type,
        preview: title ? "read" : "none",
        createdAt: new Date(Date.now() - ago * 86_400_000),
      });
      await put(holds ?? [], id, depth + 1);
    }
  };
  await put(shelf, null, 0);
}
