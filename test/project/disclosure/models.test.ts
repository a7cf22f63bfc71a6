import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const inFile = (text: string, file = 'src/agent.ts'): string[] => foundIn('no-key-disclosure', { [file]: text });
const inPython = (text: string): string[] => inFile(text, 'agent/main.py');
const key = 'const key = process.env.HILT_API_KEY;\n';

describe('a language model', () => {
  it('is not told a key in a system prompt', () => expect(inFile(`import OpenAI from "openai";\n${key}await new OpenAI().chat.completions.create({ model: "m", messages: [{ role: "system", content: \`Hilt key: \${key}\` }] });`)).toHaveLength(1));
  it('is not told one in an input', () => expect(inFile(`import OpenAI from "openai";\n${key}await new OpenAI().responses.create({ model: "m", input: "key " + key });`)).toEqual(['3: "key " + key']));
  it('of Anthropic is not told one', () => expect(inFile(`import Anthropic from "@anthropic-ai/sdk";\n${key}await new Anthropic().messages.create({ model: "m", system: key, messages: [] });`)).toEqual(['3: key']));
  it('of the AI SDK is not told one', () => expect(inFile(`import { generateText } from "ai";\n${key}await generateText({ model, prompt: key });`)).toEqual(['3: key']));
  it('of LangChain is not told one', () => expect(inFile(`import { ChatOpenAI } from "@langchain/openai";\nimport { SystemMessage } from "@langchain/core/messages";\n${key}await new ChatOpenAI().invoke([new SystemMessage(key)]);\nawait new ChatOpenAI().invoke(key);`)).toEqual(['4: key', '5: key']));
  it('may be told that there is one', () => expect(inFile(`import { generateText } from "ai";\n${key}await generateText({ model, prompt: "HILT_API_KEY is " + (key ? "set" : "missing") });`)).toEqual([]));
  it('may have a key of its own', () => expect(inFile('import OpenAI from "openai";\n// hilt\nconst openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\nawait openai.responses.create({ model: "m", input: "hello" });')).toEqual([]));
  it('of Python is not told one', () => expect(inPython('import os, anthropic\nclient = anthropic.Anthropic()\nclient.messages.create(model="m", system=f"key {os.environ[\'HILT_API_KEY\']}", messages=[])')).toHaveLength(1));
  it('of Python may be told that there is one', () => expect(inPython('import os, anthropic\nclient = anthropic.Anthropic()\nclient.messages.create(model="m", system="set" if os.environ.get("HILT_API_KEY") else "missing", messages=[])')).toEqual([]));
});

describe('an agent', () => {
  it('has no key in its instructions', () => expect(inFile(`import { Agent } from "@openai/agents";\n${key}export const agent = new Agent({ name: "support", instructions: \`Use \${key}\` });`)).toEqual(['3: `Use ${key}`']));
  it('may have one in the environment of what it runs', () => expect(inFile(`import { query } from "@anthropic-ai/claude-agent-sdk";\n${key}query({ prompt: "deploy", options: { env: { HILT_API_KEY: key } } });`)).toEqual([]));
});

describe('what tools are given beside the prompt', () => {
  it('may hold a client and a key', () => expect(inFile('import { run } from "@openai/agents";\nimport { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nawait run(agent, "list products", { context: { hilt, key: process.env.HILT_API_KEY } });')).toEqual([]));
  it('is no instruction', () => expect(inFile(`import { GoogleGenAI } from "@google/genai";\n${key}await new GoogleGenAI({}).models.generateContent({ model: "m", contents: "list", config: { systemInstruction: key, httpOptions: { headers: { "X-Debug": "1" } } } });`)).toEqual(['3: key']));
});

describe('a tool', () => {
  it('does not answer with a key', () => expect(inFile(`import { tool } from "ai";\n${key}export const secret = tool({ description: "d", execute: async () => ({ apiKey: key }) });`)).toEqual(['3: { apiKey: key }']));
  it('may call Hilt with one', () => expect(inFile(`import { tool } from "ai";\n${key}export const products = tool({ description: "d", execute: async () => (await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": key } })).json() });`)).toEqual([]));
  it('of an MCP server does not answer with a key', () => expect(inFile(`import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n${key}const server = new McpServer({ name: "s", version: "1" });\nserver.registerTool("key", {}, async () => ({ content: [{ type: "text", text: key }] }));`)).toHaveLength(1));
  it('of an MCP server may answer with what Hilt does', () => expect(inFile('import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { HiltClient } from "@hiltpay/sdk";\nconst hilt = new HiltClient({ apiKey: process.env.HILT_API_KEY });\nnew McpServer({ name: "s", version: "1" }).tool("list", async () => ({ content: [{ type: "text", text: JSON.stringify(await hilt.products.list()) }] }));')).toEqual([]));
  it('of another server is not given one as an argument', () => expect(inFile(`import { Client } from "@modelcontextprotocol/sdk/client/index.js";\n${key}await new Client({ name: "c", version: "1" }).callTool({ name: "hilt", arguments: { key } });`)).toEqual(['3: { key }']));
  it('of Python does not answer with a key, whichever way it is marked', () => {
    expect(inPython('import os\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("s")\n@mcp.tool()\ndef key():\n    return os.environ["HILT_API_KEY"]')).toEqual(['6: os.environ["HILT_API_KEY"]']);
    expect(inPython('import os\nfrom agents import function_tool\n@function_tool\ndef key():\n    return os.environ["HILT_API_KEY"]')).toEqual(['5: os.environ["HILT_API_KEY"]']);
  });
  it('is no function that another decorator marks', () => expect(inPython('import os\nfrom functools import cache\n@cache\ndef key():\n    return os.environ["HILT_API_KEY"]')).toEqual([]));
});

describe('definitions of tools', () => {
  const asked = (description: string): string[] => foundIn('no-key-disclosure', { 'src/a.ts': `import OpenAI from "openai";\nconst key = process.env.HILT_API_KEY;\nawait new OpenAI().chat.completions.create({ model: "x", messages: [], tools: [{ type: "function", function: { name: "pay", description: ${description}, parameters: { type: "object", properties: {} } } }] });` });
  it('are read by the model', () => expect(asked('`Pays with ${key}.`')).toEqual(['3: `Pays with ${key}.`']));
  it('may say what they do', () => expect(asked('key ? "Pays." : "Does nothing."')).toEqual([]));
});
