// The policies of Cases.cs in Cedar, on one thread: npm install && node cedar.mjs [SECONDS]
import cedar from '@cedar-policy/cedar-wasm/nodejs';
import { measure } from './measure.mjs';

const seconds = Number(process.argv[2] ?? 2);
const user = { type: 'User', id: 'a' };

for (const constraints of [1, 10, 100]) {
  const names = [...Array(constraints).keys()].map(i => `claim${i}`);
  const when = names.map(n => `["first", "second", "active"].contains(context.${n})`).join(' && ');
  const id = `policy${constraints}`;
  const parsed = cedar.preparsePolicySet(id, { staticPolicies: `permit(principal, action, resource) when { ${when} };` });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));
  const call = {
    principal: user, action: { type: 'Action', id: 'use' }, resource: { type: 'Dataset', id: 'd' },
    context: Object.fromEntries(names.map(n => [n, 'active'])), preparsedPolicySetId: id, preparsedSchemaName: null, validateRequest: false, entities: [],
  };
  measure(`cedar-wasm, ${constraints} constraints, permitted`, seconds, () => {
    const answer = cedar.statefulIsAuthorized(call);
    if (answer.response?.decision !== 'allow') throw new Error(JSON.stringify(answer));
  });
}
