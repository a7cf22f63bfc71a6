import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../../support/findings.ts';

const workflow = (script: string, action = 'actions/github-script@v7'): Record<string, string> => ({
  '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${action}\n        with:\n          script: |\n${script.split('\n').map((line) => `            ${line}`).join('\n')}\n`,
});

const rulesIn = (files: Record<string, string>): string[] => ['no-dashboard-auth', 'no-key-disclosure', 'require-key-header'].filter((rule) => findingsOf(rule, files).length > 0);

describe('a script of a workflow', () => {
  it('prints what it logs', () => expect(foundIn('no-key-disclosure', workflow('console.log(process.env.HILT_API_KEY);\ncore.info(`key ${process.env.HILT_API_KEY}`);'))).toEqual(['9: process.env.HILT_API_KEY', '10: process.env.HILT_API_KEY']));
  it('may hide the key', () => expect(foundIn('no-key-disclosure', workflow('core.setSecret(process.env.HILT_API_KEY);\nif (!process.env.HILT_API_KEY) core.setFailed("HILT_API_KEY is missing");'))).toEqual([]));
  it('has what the workflow fills in, in a text and in a template', () => expect(foundIn('no-key-disclosure', workflow("core.info('key ${{ secrets.HILT_API_KEY }}');\ncore.info(`key ${{ secrets.HILT_API_KEY }}`);\ncore.info('in ${{ github.repository }}');"))).toHaveLength(2));
  it('sends requests, also after a return', () => {
    expect(rulesIn(workflow('await fetch("https://api.hilt.so/v1/products", { headers: { Authorization: `Bearer ${process.env.HILT_API_KEY}` } });\nreturn fetch("https://api.hilt.so/v1/products", { headers: { Cookie: process.env.DASHBOARD } });'))).toEqual(['no-dashboard-auth', 'require-key-header']);
  });
  it('sends the key as Hilt wants it', () => expect(rulesIn(workflow('const answer = await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });\ncore.info(await answer.text());'))).toEqual([]));
  it('of another action is a shell\'s', () => expect(foundIn('no-key-disclosure', workflow('echo "$HILT_API_KEY"', 'appleboy/ssh-action@v1'))).toEqual(['9: $HILT_API_KEY']));
  it('that is broken is no reason to stop', () => expect(foundIn('no-key-disclosure', workflow('console.log(process.env.HILT_API_KEY;\nconst {'))).toBeDefined());
});
