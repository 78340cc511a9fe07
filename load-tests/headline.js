// The headline: 1,000 clients withdraw 2 from one user 10,000 times. The user has 10,000, so exactly 5,000
// withdrawals are applied and exactly 5,000 are refused, whatever the order.
//
//   k6 run load-tests/headline.js
//
//   BASE_URL         where the API is (http://localhost:3000)
//   USER_ID          whose money (1); the run brings the balance to 10,000 first
//   LOAD_TEST_TOKEN  a token for AUTH_MODE=jwt, such as make -s token prints (none)
//   RUN_ID           what the request ids of this run begin with (made from the time)
//   RESULT_FILE      where to write the figures as JSON (nowhere)

import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';
import { Counter } from 'k6/metrics';

const BASE_URL = __ENV.BASE_URL || 'http://localhost:3000';
const USER = `${BASE_URL}/api/users/${__ENV.USER_ID || '1'}`;
const LOGIN = __ENV.LOAD_TEST_TOKEN ? { Authorization: `Bearer ${__ENV.LOAD_TEST_TOKEN}` } : {};
const START_BALANCE = 10000;
const AMOUNT = -2;
const REQUESTS = 10000;
const APPLIED = 5000;

const applied = new Counter('withdrawals_applied');
const refused = new Counter('withdrawals_refused');
const other = new Counter('withdrawals_other');

// Each virtual user has its own copy: an outage is told once by each of them, not 10,000 times.
let hasWarned = false;

export const options = {
  scenarios: {
    headline: { executor: 'shared-iterations', vus: 1000, iterations: REQUESTS, maxDuration: '15m' },
  },
  setupTimeout: '60s',
  summaryTrendStats: ['min', 'med', 'p(95)', 'p(99)', 'max'],
  thresholds: {
    withdrawals_applied: [`count==${APPLIED}`],
    withdrawals_refused: [`count==${REQUESTS - APPLIED}`],
    withdrawals_other: ['count==0'],
  },
};

// Brings the user to exactly 10,000; says what is wrong when that cannot be done.
export function setup() {
  const runId = __ENV.RUN_ID || `headline-${Date.now()}`;
  let user = readUser(runId);
  const missing = cents(START_BALANCE) - cents(user.balance);
  if (missing !== 0) {
    const answer = put(missing / 100, `${runId}-setup`, { 'Idempotency-Key': `${runId}-setup` });
    if (answer.status !== 200) {
      exec.test.abort(`the balance could not be set to ${START_BALANCE}: ${describe(answer)}`);
    }
    user = readUser(runId);
    if (cents(user.balance) !== cents(START_BALANCE)) {
      exec.test.abort(`the balance is ${user.balance} although it was set: who else is at work?`);
    }
  }
  return { runId, sequenceBefore: user.sequence };
}

export default function ({ runId }) {
  const answer = put(AMOUNT, `${runId}-${exec.vu.idInTest}-${exec.vu.iterationInScenario}`, {});
  const isApplied = answer.status === 200;
  const isRefused = answer.status === 400 && errorMessage(answer) === 'Insufficient funds';
  applied.add(isApplied ? 1 : 0);
  refused.add(isRefused ? 1 : 0);
  other.add(isApplied || isRefused ? 0 : 1);
  const isExpected = check(answer, { 'applied, or refused with "Insufficient funds"': () => isApplied || isRefused });
  if (!isExpected && !hasWarned) {
    hasWarned = true;
    console.warn(`unexpected: ${describe(answer)}`);
  }
}

function readUser(runId) {
  const headers = Object.assign({ 'Cache-Control': 'no-cache', 'X-Request-Id': `${runId}-setup` }, LOGIN);
  const answer = http.get(USER, { headers });
  if (answer.status === 0) {
    exec.test.abort(`no API answers at ${BASE_URL} (${answer.error}): start it with make run or make run-docker`);
  }
  if (answer.status === 401) {
    exec.test.abort(`the API asks for a token: run it with -e LOAD_TEST_TOKEN="$(make -s token)", or make load-test`);
  }
  if (answer.status !== 200) {
    exec.test.abort(`no user to work with at ${USER}: ${describe(answer)}`);
  }
  return answer.json('data');
}

function put(amount, requestId, headers) {
  return http.put(`${USER}/balance`, JSON.stringify({ amount }), {
    timeout: '120s',
    headers: Object.assign({ 'Content-Type': 'application/json', 'X-Request-Id': requestId }, LOGIN, headers),
  });
}

function errorMessage(answer) {
  try {
    return answer.json('error.message');
  } catch (_) {
    return undefined;
  }
}

function describe(answer) {
  return answer.status === 0 ? answer.error : `${answer.status} ${answer.body}`;
}

// Whole cents: the balance arrives as a binary number, and 0.1 + 0.2 is not 0.3 there.
function cents(amount) {
  return Math.round(amount * 100);
}

export function handleSummary(data) {
  if (!data.setup_data) {
    return {};
  }
  const count = (name) => (data.metrics[name] ? data.metrics[name].values.count : 0);
  const times = data.metrics.http_req_duration ? data.metrics.http_req_duration.values : {};
  const figures = {
    runId: data.setup_data.runId,
    sequenceBefore: data.setup_data.sequenceBefore,
    applied: count('withdrawals_applied'),
    refused: count('withdrawals_refused'),
    other: count('withdrawals_other'),
    seconds: data.state.testRunDurationMs / 1000,
    milliseconds: { p50: times.med, p95: times['p(95)'], p99: times['p(99)'], max: times.max },
  };
  const summary = { stdout: describeFigures(figures) };
  if (__ENV.RESULT_FILE) {
    summary[__ENV.RESULT_FILE] = JSON.stringify(figures);
  }
  return summary;
}

function describeFigures(figures) {
  const total = figures.applied + figures.refused + figures.other;
  const ms = (value) => (value === undefined ? '-' : `${value.toFixed(0)} ms`);
  const { p50, p95, p99, max } = figures.milliseconds;
  return `
  applied (200)     ${figures.applied}
  refused (400)     ${figures.refused}
  anything else     ${figures.other}
  took              ${figures.seconds.toFixed(1)} s, ${(total / figures.seconds).toFixed(0)} requests/s
  answer times      p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, max ${ms(max)}

`;
}
