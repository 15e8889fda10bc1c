import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Person = { sub: string; email: string; name: string };

/**
 * A small OpenID Connect provider on loopback: authorisation code with PKCE, RS256, UserInfo. Whoever comes is `person`,
 * who says yes. It refuses what a real one refuses: wrong secrets, verifiers, codes used twice.
 */
export async function openIdProvider() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...createPublicKey(privateKey).export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" };
  const codes = new Map<string, { challenge: string; nonce: string; person: Person }>();
  const provider = {
    issuer: "",
    person: { sub: "1", email: "", name: "" } as Person,
    /** Set by a test: what goes wrong. */
    nonce: null as string | null,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const idToken = ({ sub, email, name }: Person, nonce: string) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: provider.issuer, aud: "parvis", sub, email, name, nonce, iat: now, exp: now + 300 };
    const head = `${base64({ alg: "RS256", kid: "one" })}.${base64({ ...claims, email_verified: true })}`;
    return `${head}.${sign("RSA-SHA256", Buffer.from(head), privateKey).toString("base64url")}`;
  };
  const server = createServer(async (req, res) => {
    const url = new URL(req.url ?? "/", provider.issuer);
    const json = (status: number, body: unknown) =>
      res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    let body = "";
    for await (const chunk of req) body += chunk;
    if (url.pathname === "/.well-known/openid-configuration")
      return json(200, {
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        userinfo_endpoint: `${provider.issuer}/userinfo`,
        jwks_uri: `${provider.issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    if (url.pathname === "/jwks") return json(200, { keys: [jwk] });
    if (url.pathname === "/authorize") {
      const asked = url.searchParams;
      const code = randomBytes(16).toString("hex");
      codes.set(code, {
        challenge: asked.get("code_challenge") ?? "",
        nonce: provider.nonce ?? asked.get("nonce") ?? "",
        person: provider.person,
      });
      const back = new URL(asked.get("redirect_uri")!);
      back.searchParams.set("code", code);
      back.searchParams.set("state", asked.get("state") ?? "");
      return res.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === "/token") {
      const given = new URLSearchParams(body);
      const kept = codes.get(given.get("code") ?? "");
      codes.delete(given.get("code") ?? "");
      const basic = Buffer.from("parvis:the secret".replace(" ", "+")).toString("base64");
      const verified = createHash("sha256")
        .update(given.get("code_verifier") ?? "")
        .digest("base64url");
      if (!kept || verified !== kept.challenge || req.headers.authorization !== `Basic ${basic}`)
        return json(400, { error: "invalid_grant" });
      const id_token = idToken(kept.person, kept.nonce);
      return json(200, { access_token: kept.person.sub, token_type: "Bearer", expires_in: 300, id_token });
    }
    return json(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;
}
