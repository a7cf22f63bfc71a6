import type { CallUse, ModuleSummary } from '../../syntax/module-summary.ts';
import type { Value } from '../../syntax/value.ts';
import type { Project } from '../project.ts';
import { calleeOf, chainsOf, type Chain } from '../requests/chain.ts';
import type { Lazy } from '../resolved.ts';
import { isKeywords } from '../signature.ts';
import { calledName, functionsIn, packageOf } from './callbacks.ts';
import { textOf } from './text-of.ts';

/** Language models, agents and MCP, by package (npm and PyPI). */
const modelPackage =
  /^(?:openai|@openai\/agents(?:-\w+)?|@anthropic-ai\/[\w-]+|ai|@ai-sdk\/[\w-]+|langchain|@langchain\/[\w-]+|llamaindex|@llamaindex\/[\w-]+|@google\/(?:genai|generative-ai|adk)|@google-cloud\/vertexai|@mistralai\/mistralai|cohere-ai|groq-sdk|ollama|together-ai|replicate|@huggingface\/inference|@mastra\/[\w-]+|@modelcontextprotocol\/(?:sdk|server)|fastmcp|mcp-framework|xmcp|@openrouter\/[\w-]+|anthropic|agents|langchain_\w+|langgraph|llama_index|google\.(?:generativeai|genai|adk)|vertexai|mistralai|cohere|groq|litellm|mcp|pydantic_ai|crewai(?:_tools)?|autogen|autogen_\w+|smolagents|dspy)(?:[/.].*)?$/;

/** Properties and keywords whose value the model reads; credentials, headers, the environment of a server that is started, and the context that tools are given are none. */
const read: ReadonlySet<string> = new Set([
  'system', 'systemPrompt', 'system_prompt', 'systemInstruction', 'system_instruction', 'prompt', 'messages', 'message', 'input', 'inputs', 'instructions', 'additional_instructions', 'contents', 'content', 'text',
  'description', 'backstory', 'goal', 'query', 'question', 'developer', 'history', 'documents', 'arguments', 'template', 'suffix', 'expected_output',
]);

/** What makes a tool, a resource or a prompt of the functions that it is given. */
const toolMaker = /^(?:tool|createTool|defineTool|dynamicTool|betaZodTool|betaTool|registerTool|addTool|setRequestHandler|resource|registerResource|addResource|addResourceTemplate|registerPrompt|addPrompt|DynamicTool|DynamicStructuredTool|FunctionTool|StructuredTool|from_function|from_defaults|function_tool|tool_plain|beta_tool|call_tool|read_resource|get_prompt)$/;
const toolFunction = /^(?:execute|handler|func|run|call|invoke|callback|cb|load|fn|coroutine)$/;

/** What a language model is told by a call. */
export function toldToModel(project: Project, chain: Chain, args: readonly Lazy[]): { readonly name: string; readonly values: readonly Lazy[] } | undefined {
  const specifier = packageOf(project, chain);
  if (specifier === undefined || !modelPackage.test(specifier)) return undefined;
  return { name: specifier, values: args.flatMap((argument) => partsRead(project, argument)) };
}

function partsRead(project: Project, argument: Lazy, depth = 0): Lazy[] {
  const value = project.evaluator.head(argument);
  if (value.kind === 'text' || value.kind === 'concat' || value.kind === 'variable' || value.kind === 'secret' || value.kind === 'array') return [argument];
  if (value.kind !== 'object' && !isKeywords(argument)) return [];
  return project.evaluator.entries(value).entries.flatMap((entry) => {
    const name = textOf(project, entry.key);
    // `config: { systemInstruction }` of Google's.
    if (name === 'config' && depth === 0) return partsRead(project, entry.value, depth + 1);
    if (name === 'tools' || name === 'functions') return descriptionsIn(project, entry.value, 0);
    return read.has(name) ? [entry.value] : [];
  });
}

const maxToolDepth = 6;

/** What definitions of tools say of them and of their parameters, however deep it stands. */
function descriptionsIn(project: Project, definitions: Lazy, depth: number): Lazy[] {
  const value = depth < maxToolDepth ? project.evaluator.head(definitions) : undefined;
  if (value?.kind === 'array') return value.items.flatMap((item) => descriptionsIn(project, item, depth + 1));
  if (value?.kind !== 'object') return [];
  return project.evaluator.entries(value).entries.flatMap((entry) => (/^(?:description|default|examples?)$/.test(textOf(project, entry.key)) ? [entry.value] : descriptionsIn(project, entry.value, depth + 1)));
}

/** The functions whose return value goes to a model, if that is what the call makes of them. */
export function toolFunctions(project: Project, module: ModuleSummary, use: CallUse, below: readonly number[]): readonly number[] {
  if (!toolMaker.test(calledName(use.callee))) return [];
  const given = use.args.flatMap(({ value }) => toolFunctionsIn(module, value));
  const functions = [...given, ...below];
  if (functions.length === 0) return [];
  const callee = calleeOf(project, { module, value: use.callee, frame: undefined, at: use.at });
  return chainsOf(project, callee).some((chain) => modelPackage.test(packageOf(project, chain) ?? '')) ? functions : [];
}

function toolFunctionsIn(module: ModuleSummary, value: Value): number[] {
  if (value.kind !== 'object') return functionsIn(module, value);
  return value.entries.flatMap(({ key, value: held }) => (key?.kind === 'text' && toolFunction.test(key.text) ? functionsIn(module, held) : []));
}
