import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { type ActorRow, getActor } from "#lib/actor/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { newId } from "#lib/ids.ts";
import { storePicture } from "#lib/media/commands.ts";
import { drawPicture, pictureWords } from "./picture.ts";

const { posts } = schema;

type Said = {
  by: string;
  /** Days ago; a draft has no such day. */
  ago?: number;
  name: string;
  text: string;
  tags?: string[];
  picture?: true;
  visibility?: "unlisted" | "members";
};

/** What the groups of the demonstration have to say, the latest first. */
const said: Record<string, { lang: string; posts: Said[] }> = {
  atelier_des_ponts: {
    lang: "fr",
    posts: [
      {
        by: "ines_moreau",
        name: "Et si on réparait aussi le jeudi ?",
        text: "À relire avant de publier : les horaires, et qui ouvre.\n\n- jeudi, de 18 h à 20 h\n- deux personnes à l’accueil, une à la soudure",
      },
      {
        by: "ines_moreau",
        ago: 3,
        picture: true,
        tags: ["réparation", "bilan"],
        name: "412 objets sauvés cette année",
        text: "Quatre cent douze grille-pain, lampes, vélos et une boîte à musique sont repartis d’ici en état de marche. **C’est deux sur trois** de tout ce qui est passé sur nos tables.\n\nLe reste n’est pas perdu : démonté, trié, il nous sert de pièces.\n\n### Ce qui revient le plus souvent\n\n1. le câble usé près de la prise ;\n2. le condensateur de la cafetière ;\n3. la petite roue dentée que plus personne ne fabrique, et que Björn imprime désormais lui-même.\n\n> « Je pensais qu’on me dirait d’en racheter un. On m’a tendu un tournevis. »\n\nMerci à celles et ceux qui tiennent l’accueil, préparent la soupe et rangent l’étagère C.",
      },
      {
        by: "kwame_mensah",
        ago: 16,
        tags: ["coup de main"],
        name: "Il nous manque un multimètre et des mains",
        text: "Le nôtre a rendu l’âme en mesurant… lui-même. Si un multimètre dort dans un tiroir chez vous, il trouvera ici une seconde vie.\n\nEt si vous savez coudre : la machine est là, la file d’attente aussi. Passez un samedi, sans vous inscrire.",
      },
      {
        by: "maelle_guen",
        ago: 30,
        visibility: "members",
        name: "Où en est la caisse",
        text: "Le chapeau de l’automne : 340 €. Le loyer de janvier est payé, il reste de quoi remplacer la lampe du fond. Le détail est dans le classeur rouge, **entre nous**.",
      },
      {
        by: "bjorn_dahl",
        ago: 47,
        picture: true,
        tags: ["réparation", "tutoriel"],
        name: "Réparer une lampe de bureau en cinq gestes",
        text: "Neuf lampes sur dix ont la même panne. Avant de venir, essayez :\n\n1. Débranchez. Toujours.\n2. Changez l’ampoule pour une autre *dont on sait qu’elle marche*.\n3. Regardez le fil à l’entrée du pied : c’est là qu’il casse.\n4. Ouvrez l’interrupteur ; un contact noirci se nettoie à la gomme.\n5. Rien ? Apportez-la : on ouvrira ensemble.",
      },
    ],
  },
  cine_passerelle: {
    lang: "fr",
    posts: [
      {
        by: "ines_moreau",
        ago: 6,
        picture: true,
        tags: ["cinéma", "programme"],
        name: "Pourquoi nous montrons encore des films en pellicule",
        text: "Parce que le projecteur fait du bruit, et que ce bruit fait partie de la séance. Parce qu’une copie qui a voyagé garde la trace des salles où elle est passée.\n\nEt parce qu’il faut quelqu’un dans la cabine : c’est une bonne raison d’apprendre à plusieurs. **Prochaine initiation : le premier mardi du mois**, en petit groupe.",
      },
      {
        by: "bjorn_dahl",
        ago: 25,
        tags: ["cinéma"],
        name: "Vos propositions pour le printemps",
        text: "Trente-deux films proposés, six séances. Nous avons gardé ceux dont plusieurs d’entre vous ont parlé avec les mêmes mots. La liste arrive avec le programme ; merci pour les lettres.",
      },
    ],
  },
  open_reading_room: {
    lang: "en",
    posts: [
      {
        by: "ines_moreau",
        ago: 5,
        picture: true,
        tags: ["reading", "winter"],
        name: "What we read when it rained",
        text: "It rained for eleven of our twelve evenings, and nobody left early. Here is what was on the table, in the order in which the mugs left rings on the covers:\n\n- a novel about a lighthouse that everybody had *meant* to read,\n- two atlases, for planning journeys that will not happen,\n- a manual of knots, by now slightly knotted itself.\n\n> “I came for the quiet, and stayed for the page that somebody read aloud by mistake.”\n\nThe kettle is ours, the biscuits are yours. **Come as you are; bring what you are reading.**",
      },
      {
        by: "bjorn_dahl",
        ago: 21,
        tags: ["reading"],
        name: "The shelf by the door is for taking",
        text: "Take a book, keep it, pass it on. Nobody counts. If it made you laugh, write the page number inside the cover: whoever opens it next will know where to look.",
      },
    ],
  },
  chorale_tilleuls: {
    lang: "fr",
    posts: [
      {
        by: "ines_moreau",
        ago: 9,
        tags: ["chant"],
        name: "On peut venir sans savoir lire la musique",
        text: "On nous le demande chaque semaine. Réponse : oui. La moitié d’entre nous chante à l’oreille, l’autre moitié fait semblant de lire.\n\nNous commençons par respirer, nous finissons par une soupe. Entre les deux, il y a toujours quelqu’un à côté de vous qui connaît sa voix.",
      },
    ],
  },
};

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

async function rowOf(db: Database, group: ActorRow, lang: string, post: Said) {
  const { by, ago, name, text, tags = [], picture, visibility = "public" } = post;
  const words = pictureWords[lang] ?? pictureWords.en!;
  const tone = toneOf({ tone: null, organizer: group });
  const at = daysAgo(ago ?? 0);
  return {
    ...{ id: newId(), groupId: group.id, actorId: (await getActor(db, by))!.id, name, content: text, tags, visibility },
    ...{ language: lang, createdAt: at, updatedAt: at, publishedAt: ago === undefined ? null : at },
    state: ago === undefined ? "draft" : "published",
    coverId: picture ? await storePicture(db, await drawPicture(name, tone), words) : null,
  };
}

/** Lets the groups of the demonstration post: reports, calls, one thing for members alone, and a draft. */
export async function seedPosts(db: Database): Promise<void> {
  for (const [handle, { lang, posts: all }] of Object.entries(said)) {
    const group = await getActor(db, handle);
    if (!group || (await db.$count(posts, eq(posts.groupId, group.id))) > 0) continue;
    for (const post of all) await db.insert(posts).values(await rowOf(db, group, lang, post));
  }
}
