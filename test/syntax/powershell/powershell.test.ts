import { describe, expect, it } from 'vitest';
import { foundIn } from '../../support/findings.ts';

const route = 'https://api.hilt.so/v1/products';
const inFile = (rule: string, text: string): string[] => foundIn(rule, { 'ops/products.ps1': text });
const header = (text: string): string[] => inFile('require-key-header', text);
const session = (text: string): string[] => inFile('no-dashboard-auth', text);

describe('a request of PowerShell', () => {
  it('sends the key as X-Hilt-Key', () => {
    expect(header(`Invoke-RestMethod -Uri '${route}' -Headers @{ 'X-Hilt-Key' = $env:HILT_API_KEY }`)).toEqual([]);
    expect(header(`$headers = @{}\n$headers['X-Hilt-Key'] = $env:HILT_API_KEY\nirm '${route}' -Headers $headers`)).toEqual([]);
  });
  it('does not send it as a bearer token', () => {
    expect(header(`Invoke-RestMethod -Uri '${route}' -Headers @{ Authorization = "Bearer $env:HILT_API_KEY" }`)).toEqual(['1: Authorization = "Bearer $env:HILT_API_KEY"']);
    expect(header(`$headers = @{\n  Authorization = "Bearer $($env:HILT_API_KEY)"\n}\nirm '${route}' -Headers $headers`)).toHaveLength(1);
    expect(header(`$h = @{ Authorization = 'Bearer {0}' -f $Env:HILT_API_KEY }\nInvoke-WebRequest ${route} -Headers $H`)).toHaveLength(1);
    expect(header(`$headers.Add('Authorization', 'Bearer ' + $env:HILT_API_KEY)\nirm -Uri ${route} -Headers $headers`)).toEqual([]);
    expect(header(`$key = [Environment]::GetEnvironmentVariable('HILT_API_KEY')\nirm ${route} -Authentication Bearer -Token $key`)).toHaveLength(1);
  });
  it('is read where its parameters are splatted, and over several lines', () => {
    expect(header(`$params = @{\n  Uri = '${route}'\n  Method = 'Get'\n  Headers = @{ Authorization = "Bearer $env:HILT_API_KEY" }\n}\nInvoke-RestMethod @params`)).toHaveLength(1);
    expect(header(`Invoke-RestMethod \`\n  -Uri "${route}?api_key=$env:HILT_API_KEY" \`\n  -Method Get | ConvertTo-Json`)).toHaveLength(1);
    expect(header(`@{ api_key = $env:HILT_API_KEY } | ConvertTo-Json | Invoke-RestMethod -Uri '${route}' -Method Post`)).toHaveLength(1);
  });
  it('may go to others with their own keys', () => expect(header(`# hilt\nirm 'https://api.stripe.com/v1/charges' -Headers @{ Authorization = "Bearer $env:STRIPE_KEY" }`)).toEqual([]));
  it('does not borrow a session', () => {
    expect(session(`irm '${route}' -Headers @{ Cookie = "session=$env:DASHBOARD" }`)).toHaveLength(1);
    expect(session(`irm 'https://api.hilt.so/v1/auth/login' -Method Post -Body $login -SessionVariable s\nirm '${route}' -WebSession $s`)).toEqual(['2: $s']);
    expect(session(`irm '${route}' -Authentication Bearer -Token $token`)).toEqual(['1: $token']);
  });
  it('may use one on a route of the dashboard', () => expect(session('irm https://api.hilt.so/v1/webhooks/endpoints -Headers @{ Authorization = "Bearer $token" }')).toEqual([]));
  it('made by curl is read as in a shell', () => {
    expect(header(`curl.exe -H "Authorization: Bearer $env:HILT_API_KEY" ${route}`)).toHaveLength(1);
    expect(header(`curl.exe -H "X-Hilt-Key: $env:HILT_API_KEY" ${route}`)).toEqual([]);
  });
  it('in a comment is none', () => expect(header(`# irm '${route}' -Headers @{ Authorization = "Bearer $env:HILT_API_KEY" }\n<# irm '${route}?api_key=$env:HILT_API_KEY' #>`)).toEqual([]));
  it('hands no key to another host', () => expect(inFile('no-key-disclosure', 'irm https://hooks.acme.io/x -Method Post -Body (@{ key = $env:HILT_API_KEY } | ConvertTo-Json)')).toHaveLength(1));
});

describe('what PowerShell prints', () => {
  const printed = (text: string): string[] => inFile('no-key-disclosure', text);
  it('holds no key', () => {
    expect(printed('Write-Host "key: $env:HILT_API_KEY"')).toHaveLength(1);
    expect(printed('$key = $env:HILT_API_KEY\nif ($verbose) { Write-Output $key }')).toHaveLength(1);
    expect(printed('throw "bad key $env:HILT_API_KEY"')).toHaveLength(1);
  });
  it('may say that there is one, and how it begins', () => {
    expect(printed('if (-not $env:HILT_API_KEY) { throw "HILT_API_KEY is missing" }\nWrite-Host "key: $($env:HILT_API_KEY.Substring(0, 8))…"\nWrite-Host \'$env:HILT_API_KEY\'\nWrite-Host "`$env:HILT_API_KEY"')).toEqual([]);
  });
});

describe('a script that is no PowerShell', () => {
  it('is read as far as it goes, whatever stands in it', () => {
    for (const text of ['@{', '"$(', '[a]'.repeat(200), '$a.b'.repeat(200), '@"\n"', '(((', '}])', 'irm -Uri', '$x = @{ a = ', '|||']) expect(header(`# hilt\n${text}`)).toEqual([]);
  });
});
