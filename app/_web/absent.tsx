import NotFound from "../not-found.tsx";
import { answerWith } from "./request.ts";

/**
 * What a page returns for something that is not there: 404 and its page, whole without script. After Next's own way of
 * saying it, a page is blank there.
 */
export function absent() {
  answerWith(404);
  return <NotFound />;
}
