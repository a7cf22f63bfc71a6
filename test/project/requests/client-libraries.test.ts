import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const key = 'const key = process.env.HILT_API_KEY;\n';
const header = (text: string): string[] => foundIn('require-key-header', { 'src/a.ts': text });
const url = 'https://api.hilt.so/v1/products';

describe('HttpClient of Angular', () => {
  const service = (method: string): string => `import { HttpClient, HttpHeaders, HttpParams } from "@angular/common/http";\n${key}export class Api {\n  constructor(private http: HttpClient) {}\n  read() { return this.http.${method}; }\n}`;
  it('is asked with headers as an object', () => expect(header(service(`get("${url}", { headers: { Authorization: \`Bearer \${key}\` } })`))).toEqual(['5: Authorization: `Bearer ${key}`']));
  it('is asked with HttpHeaders', () => {
    expect(header(service(`get("${url}", { headers: new HttpHeaders({ Authorization: \`Bearer \${key}\` }) })`))).toHaveLength(1);
    expect(header(service(`get("${url}", { headers: new HttpHeaders().set("Authorization", \`Bearer \${key}\`) })`))).toHaveLength(1);
    expect(header(service(`get("${url}", { headers: new HttpHeaders({ "X-Hilt-Key": key }) })`))).toEqual([]);
  });
  it('is asked with HttpParams', () => {
    expect(header(service(`get("${url}", { params: new HttpParams().set("api_key", key) })`))).toHaveLength(1);
    expect(header(service(`get("${url}", { params: new HttpParams({ fromObject: { api_key: key } }) })`))).toHaveLength(1);
    expect(header(service(`get("${url}", { params: new HttpParams().set("limit", "3") })`))).toEqual([]);
  });
  it('sends a body', () => expect(header(service(`post("${url}", { api_key: key })`))).toEqual(['5: api_key: key']));
  it('is injected', () => expect(header(`import { HttpClient } from "@angular/common/http";\nimport { inject } from "@angular/core";\n${key}export class Api {\n  private http = inject(HttpClient);\n  read() { return this.http.get("${url}?key=" + key); }\n}`)).toHaveLength(1));
  it('of another token is none', () => expect(header(`import { inject } from "@angular/core";\nimport { Store } from "./store";\n${key}export class Api {\n  private http = inject(Store);\n  read() { return this.http.get("${url}?key=" + key); }\n}`)).toEqual([]));
});

describe('other libraries', () => {
  it('wretch sends what its methods are given', () => {
    expect(header(`import wretch from "wretch";\n${key}wretch("${url}").post({ api_key: key });\nwretch("${url}").json({ api_key: key }).post();\nwretch("${url}").headers({ "X-Hilt-Key": key }).post({ name: "tea" });`)).toEqual(['3: api_key: key', '4: api_key: key']);
  });
  it('request takes a token as its fourth argument', () => expect(header(`const request = require("request");\n${key}request.get("${url}").auth(null, null, true, key);`)).toHaveLength(1));
  it('a module of Nest sets its client up', () => {
    const register = (headers: string): string => `import { HttpModule } from "@nestjs/axios";\n@Module({ imports: [HttpModule.register({ baseURL: "https://api.hilt.so", headers: { ${headers} } })] })\nexport class AppModule {}`;
    expect(header(register('Authorization: `Bearer ${process.env.HILT_API_KEY}`'))).toHaveLength(1);
    expect(header(register('"X-Hilt-Key": process.env.HILT_API_KEY'))).toEqual([]);
  });
  it('graphql-request keeps its headers', () => expect(header(`import { GraphQLClient } from "graphql-request";\n${key}export const client = new GraphQLClient("https://api.hilt.so/graphql", { headers: { Authorization: \`Bearer \${key}\` } });`)).toHaveLength(1));
});

describe('a query that is an object of its own', () => {
  it('is told where the key is put into it', () => {
    expect(header(`${key}const query = new URLSearchParams({ limit: "3" });\nquery.append("api_key", key);\nawait fetch(\`${url}?\${query}\`);`)).toEqual(['3: query.append("api_key", key)']);
    expect(header(`${key}const query = { api_key: key, limit: "3" };\nawait fetch("${url}?" + new URLSearchParams(query));`)).toEqual(['2: api_key: key']);
  });
  it('is told in the module that makes it', () => {
    expect(foundIn('require-key-header', { 'a.ts': `import { query } from "./b";\n// hilt\nawait fetch("${url}?" + new URLSearchParams(query));`, 'b.ts': `${key}export const query = { api_key: key };` })).toEqual(['b.ts 2: api_key: key']);
  });
  it('goes to another host', () => expect(foundIn('no-key-disclosure', { 'a.ts': `${key}const query = new URLSearchParams();\nquery.set("k", key);\nawait fetch(\`https://collect.acme.io/x?\${query}\`);` })).toEqual(['3: query.set("k", key)']));
  it('may be behind the path', () => expect(header(`import qs from "qs";\n${key}await fetch(\`${url}\${qs.stringify({ api_key: key }, { addQueryPrefix: true })}\`);`)).toHaveLength(1));
});
