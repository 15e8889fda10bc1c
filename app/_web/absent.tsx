import NotFound from "../not-found.tsx";
import { answerWith } from "./request.ts";

/** What a page returns for something that is not there: 404 and its page, also without script, unlike Next's notFound(). */
export function absent() {
  answerWith(404);
  return <NotFound />;
}
