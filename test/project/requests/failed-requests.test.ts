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
  it('is not in the message, the status or the body', () => expect(inFile(`${api}try { await api.get("/v1/products"); } catch (error) { console.error(error.message, error.code, error.response?.status, error.response?.data, error.config.url); }`)).toEqual([]));
  it('is not in an answer of an interceptor but for its config', () => expect(inFile(`${api}api.interceptors.response.use((answer) => { console.log(answer.data, answer.status); return answer; });`)).toEqual([]));
  it('is nothing where the error is thrown on', () => expect(inFile(`${api}try { await api.get("/v1/products"); } catch (error) { throw error; }`)).toEqual([]));
  it('is nothing where something else was tried', () => expect(inFile(`${api}try { parse(); } catch (error) { console.error(error, error.config); }`)).toEqual([]));
  it('is nothing of a request without a key', () => expect(inFile('import axios from "axios"; // hilt\ntry { await axios.get("https://shop.example.org"); } catch (error) { console.error(error, error.config); }')).toEqual([]));
  it('is nothing of fetch', () => expect(inFile('try { await fetch("https://api.hilt.so/v1/products", { headers: { "X-Hilt-Key": process.env.HILT_API_KEY } }); } catch (error) { console.error(error, error.config); }')).toEqual([]));
});
