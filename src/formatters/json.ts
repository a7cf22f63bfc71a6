import type { Edit, Finding, Range, TraceStep } from '../engine/finding.ts';
import type { Notice } from '../sources/notice.ts';
import type { Formatter } from './formatter.ts';
import { jsonText } from './json-text.ts';

/** Version 1 of the JSON report: every field is named here, so that nothing else can slip into it. */
export const formatJson: Formatter = ({ summary, findings, notices }, { tool }) => {
  const { files, findings: count, errors, warnings, suppressed, durationMs } = summary;
  const report = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    summary: { files, findings: count, errors, warnings, suppressed, durationMs },
    findings: findings.map(toFinding),
    notices: notices.map(toNotice),
  };
  return jsonText(report);
};

function toFinding(finding: Finding): Finding {
  const { rule, severity, confidence, exposure, message, file, range, fingerprint, key, trace, commit, help, suggestions } = finding;
  return {
    rule,
    severity,
    confidence,
    ...(exposure && { exposure }),
    message,
    file,
    range: toRange(range),
    fingerprint,
    ...(key && { key: { environment: key.environment, preview: key.preview, digest: key.digest } }),
    ...(trace && { trace: trace.map(toStep) }),
    ...(commit !== undefined && { commit }),
    help,
    ...(suggestions && { suggestions: suggestions.map((suggestion) => ({ message: suggestion.message, edits: suggestion.edits.map(toEdit) })) }),
  };
}

function toRange({ start, end }: Range): Range {
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}

function toStep({ file, range, message }: TraceStep): TraceStep {
  return { file, range: toRange(range), message };
}

function toEdit({ range, text }: Edit): Edit {
  return { range: toRange(range), text };
}

function toNotice({ code, level, file, message }: Notice): Notice {
  return { code, level, ...(file !== undefined && { file }), message };
}
