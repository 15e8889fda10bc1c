/** The instance's own actor, for people: who this server is. */
export const GET = (): Response => new Response(null, { status: 303, headers: { Location: "/about", Vary: "Accept" } });
