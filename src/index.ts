import argon2Module from '@phi-ag/argon2/argon2.wasm';
import Argon2, { Argon2Type, Argon2Version } from '@phi-ag/argon2';
export default {
  async fetch(req: Request, env: any) {
    const u = new URL(req.url);
    if (u.pathname === '/json') {
      const t = await req.text();
      const v = JSON.parse(t, function (k: string, v: unknown, c: any) { return typeof v === 'number' && String(v) !== c.source ? (JSON as any).rawJSON(c.source) : v; } as any);
      return new Response(JSON.stringify(v));
    }
    if (u.pathname === '/fts') {
      await env.DB.exec("CREATE TABLE IF NOT EXISTS u(seq INTEGER PRIMARY KEY, name TEXT, email TEXT)");
      await env.DB.exec("CREATE VIRTUAL TABLE IF NOT EXISTS s USING fts5(name, email, content='', tokenize='trigram')");
      const o: any = {};
      try { await env.DB.exec("CREATE VIRTUAL TABLE IF NOT EXISTS v USING fts5vocab('s','row')"); o.vocab = 'ok' } catch (e) { o.vocab = String(e) }
      await env.DB.exec("INSERT INTO s(rowid,name,email) VALUES (1,'Ünïcode ABc','x@y.z'),(2,'bob','bob@example.com')");
      try { o.r = (await env.DB.prepare("SELECT term FROM v WHERE term >= ? AND term < ?").bind('bo', 'bp').all()); } catch (e) { o.e = String(e) }
      return Response.json(o);
    }
    const a = new Argon2(new WebAssembly.Instance(argon2Module, {}));
    return Response.json({ h: a.hash('hé', { memoryCost: 19456, timeCost: 2, parallelism: 1, hashLength: 32, type: Argon2Type.Argon2id, version: Argon2Version.Version13 }).encoded });
  },
};
