import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const inFile = (text: string): string[] => foundIn('no-key-disclosure', { 'src/hilt.ts': text });
const api = 'import axios from "axios";\nconst api = axios.create({ baseURL: "https://api.hilt.so", headers: { "X-Hilt-Key": process.env.HILT_API_KEY } });\n';

describe('what axios keeps of a request', () => {
  it('is in the config of what is caught', () => {
    expect(inFile(`${api}try { await api.get("/v1/products"); } catch (error) { console.error(error.config); }`)).toHaveLength(1);
    expect(inFile(`${api}try { await api.get("/v1/products"); } catch ({ config }) { console.error(config.headers); }`)).toHaveLength(1);
    expect(inFile(`${api}api.get("/v1/products").catch((error) => console.error(error.config.headers));`)).toHaveLength(1);
    expect(inFile(`${api}api.get("/v1/products").then(show, (error) => console.error(error.response.config));`)).toHaveLength(1);
  });
  it('is in the config of an answer', () => expect(inFile(`${api}const answer = await api.get("/v1/products");\nconsole.log(answer.config.headers);`)).toEqual(['4: answer.config.headers']));
  it('is in what the interceptors of an answer are given', () => {
    expect(inFile(`${api}api.interceptors.response.use((answer) => answer, (error) => { console.error(error.config.headers); throw error; });`)).toHaveLength(1);
    expect(inFile(`${api}api.interceptors.response.use((answer) => { console.log(answer.config); return answer; });`)).toHaveLength(1);
  });
  it('may be shown by an error that is logged as a whole', () => {
    expect(inFile(`${api}try { await api.get("/v1/products"); } catch (error) { console.error("failed", error); }`)).toEqual(['3: error ?']);
    expect(inFile(`${api}try { await api.get("/v1/products"); } catch (err) { logger.error({ err }, "failed"); }`)).toEqual(['3: { err } ?']);
  });
  it('may be shown by an error that a promise hands to a log', () => expect(inFile(`${api}api.get("/v1/products")\n  .catch(console.error);`)).toEqual(['4: console.error ?']));
  it('may be shown by an error as JSON, and as an answer', () => {
    expect(inFile(`${api}try { await api.get("/v1/products"); } catch (error) { process.stderr.write(JSON.stringify(error)); }`)).toEqual(['3: JSON.stringify(error) ?']);
    expect(inFile(`${api}app.get("/", async (req, res) => {\n  try { await api.get("/v1/products"); } catch (error) {\n    res.status(500).json({ error });\n    res.send(error.toJSON());\n    res.send(error.message);\n    next(error);\n  }\n});`)).toEqual(['5: { error } ?', '6: error.toJSON() ?']);
  });
  it('may be shown by an answer, and by an error that an interceptor is given', () => {
    expect(inFile(`${api}const answer = await api.get("/v1/products");\nconsole.log(answer);\nconsole.log(answer.data);`)).toEqual(['4: answer ?']);
    expect(inFile(`${api}api.interceptors.response.use((answer) => answer, (error) => {\n  console.error("failed", error);\n  return Promise.reject(error);\n});`)).toEqual(['4: error ?']);
  });
  it('is not in the message, the status or the body', () => expect(inFile(`${api}try { await api.get("/v1/products"); } catch (error) { console.error(error.message, error.code, error.response?.status, error.response?.data, error.config.url); }`)).toEqual([]));
  it('is not in an answer of an interceptor but for its config', () => expect(inFile(`${api}api.interceptors.response.use((answer) => { console.log(answer.data, answer.status); return answer; });`)).toEqual([]));
  it('is nothing where the error is thrown on', () => expect(inFile(`${api}try { await api.get("/v1/products"); } catch (error) { throw error; }`)).toEqual([]));
  it('is nothing where something else was tried', () => expect(inFile(`${api}try { parse(); } catch (error) { console.error(error, error.config); }`)).toEqual([]));
  it('is nothing of a request without a key', () => expect(inFile('import axios from "axios"; // hilt\ntry { await axios.get("https://shop.example.org"); } catch (error) { console.error(error, error.config); }')).toEqual([]));
  it('is nothing of fetch', () => expect(inFile('try { await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } }); } catch (error) { console.error(error, error.config); }')).toEqual([]));
});

describe('what got and ky keep of a request', () => {
  it('is in the options of what is caught', () => {
    expect(inFile('import got from "got";\ntry { await got("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } }); } catch (error) {\n  console.error(error.options.headers);\n  console.error(error);\n}')).toEqual(['3: error.options.headers']);
    expect(inFile('import ky from "ky";\ntry { await ky("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } }); } catch (error) {\n  console.error(error.request.headers);\n  console.error(error.response.status);\n}')).toEqual(['3: error.request.headers']);
  });
});
