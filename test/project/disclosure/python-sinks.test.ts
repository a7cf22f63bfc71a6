import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const inFile = (text: string): string[] => foundIn('no-key-disclosure', { 'app/main.py': text });
const start = 'import os\nfrom hilt_sdk import HiltClient\nkey = os.environ["HILT_API_KEY"]\nclient = HiltClient(api_key=key)\n';
const lines = (...more: string[]): string => start + more.join('\n');

describe('a client', () => {
  it('holds its key as an attribute', () => expect(inFile(lines('print(client.api_key)', 'print(getattr(client, "api_key"))'))).toEqual(['5: client.api_key', '6: getattr(client, "api_key")']));
  it('shows it with all that it holds', () => expect(inFile(lines('print(vars(client))', 'print(repr(vars(client)))', 'print(client.__dict__)'))).toHaveLength(3));
  it('is not for a log', () => expect(inFile(lines('import logging', 'logging.info("client %s", client)'))).toEqual(['6: client']));
  it('has other attributes', () => expect(inFile(lines('print(client.base_url, client.products.list())'))).toEqual([]));
});

describe('the environment', () => {
  it('is not printed as a whole', () => expect(inFile(lines('print(os.environ)', 'print(dict(os.environ))', 'print(os.environ.copy())', 'print({**os.environ})', 'print(os.environ.items())'))).toHaveLength(5));
  it('is not gone through and printed', () => expect(inFile(lines('for name, value in os.environ.items():', '    print(name, value)'))).toEqual(['6: value']));
  it('may be listed by name', () => expect(inFile(lines('print(list(os.environ), sorted(os.environ), os.environ.keys(), "HILT_API_KEY" in os.environ, len(os.environ))', 'for name, value in os.environ.items():', '    print(name)'))).toEqual([]));
});

describe('a part of a key', () => {
  it('may be its start or its end', () => expect(inFile(lines('print(key[:8] + "…", key[:12], key[-4:], f"{key[:8]}…")'))).toEqual([]));
  it('may not be most of it', () => expect(inFile(lines('print(key[:40])', 'print(key[3:])', 'print(key[::-1])'))).toHaveLength(3));
  it('may be a digest or a test', () => expect(inFile(lines('import hashlib, hmac', 'print(hashlib.sha256(key.encode()).hexdigest(), hmac.compare_digest(key, "x"), key is None, bool(key), len(key), "*" * len(key))'))).toEqual([]));
});

describe('a value of pydantic', () => {
  const settings = (type: string): string => `from pydantic import SecretStr\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    hilt_api_key: ${type}\nsettings = Settings()\n`;
  it('is printed', () => expect(inFile(`${settings('str')}print(settings.hilt_api_key)\nprint(settings)\nprint(settings.model_dump())`)).toHaveLength(3));
  it('is not where its type hides it', () => expect(inFile(`${settings('SecretStr')}print(settings.hilt_api_key)\nprint(settings)`)).toEqual([]));
  it('is where it is taken out', () => expect(inFile(`${settings('SecretStr')}print(settings.hilt_api_key.get_secret_value())`)).toHaveLength(1));
});

describe('a log', () => {
  it('is also written by other means', () => expect(inFile(lines('import pprint, warnings, click, sys, structlog', 'pprint.pprint({"key": key})', 'warnings.warn(f"key {key}")', 'click.echo(key)', 'sys.exit(f"bad key {key}")', 'structlog.get_logger().bind(key=key).info("x")'))).toHaveLength(5));
  it('holds what a format fills in', () => expect(inFile(lines('print("{k}".format(**{"k": key}))', 'print("%(k)s" % {"k": key})', 'print(f"{key=}")'))).toHaveLength(3));
  it('holds what `match` and `:=` name', () => expect(inFile('import os\nmatch os.environ.get("HILT_API_KEY"):\n    case None:\n        print("none")\n    case value:\n        print(value)\nif (k := os.environ.get("HILT_API_KEY")) is not None:\n    print(k)')).toEqual(['6: value', '8: k']));
  it('may hold the names of headers', () => expect(inFile(lines('headers = {"X-Hilt-Key": key}', 'print(list(headers), headers.keys())', 'print({name: "***" for name in headers})'))).toEqual([]));
  it('is not a file that is open', () => expect(inFile(lines('with open("/run/secrets/hilt", "w") as file:', '    print(key, file=file)'))).toEqual([]));
});

describe('an error', () => {
  it('may be of the program', () => expect(inFile(lines('class HiltFailed(Exception):', '    pass', 'raise HiltFailed(key)'))).toHaveLength(1));
  it('may be an exit or an assertion', () => expect(inFile(lines('assert key.startswith("hk_"), f"bad key {key}"', 'raise SystemExit(key)'))).toHaveLength(2));
  it('may say what is missing', () => expect(inFile(lines('assert key, "HILT_API_KEY is missing"', 'raise SystemExit("HILT_API_KEY is missing")'))).toEqual([]));
});

describe('a public file', () => {
  it('is written in many ways', () => expect(inFile(lines(
    'from pathlib import Path', 'import json', 'open("static/env.js", "w").write(key)', 'with open(os.path.join("public", "a.js"), "w") as file:', '    file.write(f"k={key}")', '    print(key, file=file)',
    '    json.dump({"key": key}, file)', 'Path("static/env.js").write_text(key)', '(Path("public") / "env.js").write_text(key)',
  ))).toHaveLength(6));
  it('is none elsewhere', () => expect(inFile(lines('from pathlib import Path', 'open("/run/secrets/key", "w").write(key)', 'Path("public/robots.txt").write_text("x")'))).toEqual([]));
});

describe('a process', () => {
  it('may be given the whole environment', () => expect(inFile(lines('os.execve("bot", ["bot"], os.environ)', 'os.spawnve(os.P_WAIT, "bot", ["bot"], dict(os.environ, MODE="x") if x else os.environ)', 'os.posix_spawn("bot", ["bot"], os.environ)'))).toEqual([]));
  it('has arguments', () => expect(inFile(lines('import subprocess, asyncio', 'os.execvp("bot", ["bot", key])', 'asyncio.create_subprocess_exec("bot", key)', 'subprocess.run(args=["bot", key])'))).toHaveLength(3));
  it('has an environment and an input', () => expect(inFile(lines('import subprocess', 'subprocess.run(["bot"], env={"HILT_API_KEY": key})', 'subprocess.run(["bot"], input=key, text=True)'))).toEqual([]));
});

describe('a response', () => {
  it('of Django', () => expect(inFile(lines('from django.shortcuts import render', 'from django.http import JsonResponse', 'from django.conf import settings', 'def a(request):', '    return render(request, "a.html", {"key": key})', 'def b(request):', '    return JsonResponse({"key": settings.HILT_API_KEY})', 'def c(request):', '    return JsonResponse({"ready": bool(key)})'))).toHaveLength(2));
  it('of Flask', () => expect(inFile(lines('from flask import Flask, render_template, jsonify, current_app', 'app = Flask(__name__)', '@app.route("/a")', 'def a():', '    return render_template("a.html", key=key)', '@app.route("/b")', 'def b():', '    return jsonify(key=current_app.config["HILT_API_KEY"])'))).toHaveLength(2));
  it('of aiohttp', () => expect(inFile(lines('from aiohttp import web', 'async def a(request):', '    return web.json_response({"key": key})', 'async def b(request):', '    return web.Response(text="ok")'))).toHaveLength(1));
  it('of FastAPI, with a cookie', () => expect(inFile(lines('from fastapi import FastAPI, Response', 'app = FastAPI()', '@app.get("/")', 'def a(response: Response):', '    response.set_cookie("key", key)', '    return dict(os.environ)'))).toHaveLength(2));
});
