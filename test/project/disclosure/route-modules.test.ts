import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const app = {
  'package.json': '{ "dependencies": { "react-router": "7", "@react-router/node": "7", "@react-router/dev": "7" } }',
  'vite.config.ts': 'import { reactRouter } from "@react-router/dev/vite";\nexport default { plugins: [reactRouter()] };',
  'react-router.config.ts': 'export default {};',
};
const told = (route: string): string[] => ['no-key-disclosure', 'no-client-key'].flatMap((rule) => foundIn(rule, { 'app/routes/key.ts': route, ...app }).map((found) => `${rule} ${found}`));

describe('a route of React Router that answers with a key', () => {
  it('is told once where it has no page', () => {
    expect(told('export async function loader() {\n  return Response.json({ key: process.env.HILT_API_KEY });\n}')).toEqual(['no-key-disclosure 2: process.env.HILT_API_KEY']);
    expect(told('export const loader = async () => {\n  return { key: process.env.HILT_API_KEY };\n};')).toEqual(['no-key-disclosure 2: process.env.HILT_API_KEY']);
  });
  it('is told once where it has a page', () => {
    const page = 'export default function Page() { return null; }\n';
    expect(told(`${page}export async function loader() {\n  return Response.json({ key: process.env.HILT_API_KEY });\n}`)).toEqual(['no-client-key 3: process.env.HILT_API_KEY']);
    expect(told(`${page}export async function loader() {\n  return { key: process.env.HILT_API_KEY };\n}`)).toEqual(['no-client-key 3: process.env.HILT_API_KEY']);
  });
  it('may say that it has one', () => expect(told('export const loader = async () => ({ isSet: Boolean(process.env.HILT_API_KEY) });')).toEqual([]));
});
