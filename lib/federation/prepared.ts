import { Activity, Application, Group, Person } from "@fedify/vocab";

type Document = Record<string, unknown>;

/**
 * Fedify's objects with a document that is already written. On sending, Fedify drops every property that its own
 * vocabulary lacks; these say just what they were given, also as a copy.
 */
export class PreparedActivity extends Activity {
  readonly document: Document;
  constructor(document: Document) {
    super({ id: new URL(document.id as string) });
    this.document = document;
  }
  override async toJsonLd(): Promise<unknown> {
    return this.document;
  }
  override clone(): PreparedActivity {
    return new PreparedActivity(this.document);
  }
}

const kinds = { Person, Group, Application };

/** An actor that answers with this document; the rest of Fedify sees a Person, Group or Application with its id and keys. */
export function preparedActor(
  type: keyof typeof kinds,
  values: ConstructorParameters<typeof Person>[0],
  document: Document,
): Person | Group | Application {
  const actor = new kinds[type](values);
  actor.toJsonLd = async () => document;
  return actor;
}
