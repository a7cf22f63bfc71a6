import type { DataFileDraft } from './data-file.ts';
import { appendMapped, createMappedText } from './mapped-text.ts';
import type { NativeToken, StringToken } from './native-tokens.ts';

/** Adds the scripts that steps of a Jenkins pipeline run: `sh 'make'`, `sh(script: "make ${env.X}", returnStdout: true)`. Source: jenkins.io/doc/pipeline/steps/workflow-durable-task-step. */
export function addPipelineSteps(draft: DataFileDraft, tokens: readonly NativeToken[]): void {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word' || token.text !== 'sh') continue;
    const script = scriptOf(tokens, index + 1);
    if (script) addScript(draft, script);
  }
}

function scriptOf(tokens: readonly NativeToken[], from: number): StringToken | undefined {
  const textAt = (index: number): string | undefined => {
    const token = tokens[index];
    return token?.kind === 'string' ? undefined : token?.text;
  };
  const open = textAt(from) === '(' ? from + 1 : from;
  const first = textAt(open) === 'script' && textAt(open + 1) === ':' ? open + 2 : open;
  const script = tokens[first];
  return script?.kind === 'string' ? script : undefined;
}

/** What Groovy inserts is a variable of the environment as far as the shell is concerned. */
function addScript(draft: DataFileDraft, { parts, at }: StringToken): void {
  const text = createMappedText();
  for (const part of parts) {
    if ('text' in part) appendMapped(text, part);
    else {
      const name = /^(?:env\.|params\.)?([A-Za-z_]\w*)$/.exec(draft.source.slice(part[0], part[1]).trim())?.[1];
      text.append(`\${${name ?? '_'}}`, part[0], part[1]);
    }
  }
  draft.commands.push({ ...text.finish(), at, path: ['sh'] });
}
