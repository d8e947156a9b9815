'use strict';
const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 600, HEIGHT = 120, SECONDS = 120, LIFE = 3000;
const TONES = { KILLED: 'no', STOPPED: 'busy', DISK_FULL: 'busy', CLOCK: 'cold', RESTARTED: 'cold' };
const byId = id => document.getElementById(id);

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content.map(part => part instanceof Node ? part : String(part)));
  return made;
}

function shape(tag, className, attributes) {
  const made = document.createElementNS(SVG, tag);
  made.setAttribute('class', className);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

const number = value => Number(value).toLocaleString('en');
const clock = seconds => Math.floor(seconds / 60) + ':' + String(Math.floor(seconds % 60)).padStart(2, '0');

function duration(millis) {
  if (millis < 1000) return (millis < 10 ? millis.toFixed(1) : Math.round(millis)) + ' ms';
  return (millis / 1000).toFixed(1) + ' s';
}

function figure(name, value, more) {
  const made = element('div', '', element('dt', '', name), element('dd', '', value, element('small', '', more || '')));
  made.dataset.figure = name;
  return made;
}

function figures(state) {
  const failed = Object.values(state.failed).reduce((sum, count) => sum + count, 0);
  byId('figures').replaceChildren(
    figure('Refreshes', number(state.spends), state.refusedRefreshes ? number(state.refusedRefreshes) + ' refused' : ''),
    figure('Grants lost', number(state.losses.length), state.losses.length ? 'all named' : ''),
    figure('Calls served', number(state.good)),
    figure('Tokens replaced', number(state.refused), 'after a 401'),
    figure('Calls that failed', number(failed), failed ? 'all named' : ''),
    figure('Median latency', duration(state.latency.p50)),
    figure('99 % are below', duration(state.latency.p99)),
    figure('Slowest call', duration(state.latency.max)));
}

function axis(svg, from, to, scale) {
  svg.nextElementSibling.replaceChildren(element('span', '', clock(from)), element('span', '', scale), element('span', '', clock(to)));
}

function charts(state) {
  const points = state.perSecond;
  const last = points.length ? points[points.length - 1].at : 0;
  const first = Math.max(0, last - SECONDS);
  const x = at => (at - first) / SECONDS * WIDTH;
  const step = WIDTH / SECONDS;
  const most = Math.max(4, ...points.map(point => point.spends));
  const base = shape('line', 'base', { x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT });
  const spends = byId('spends');
  spends.replaceChildren(base,
    ...points.map(point => shape('rect', 'bar', { x: x(point.at - 1), width: step * 0.7, y: HEIGHT - point.spends / most * HEIGHT, height: point.spends / most * HEIGHT })),
    ...state.losses.filter(loss => loss.at >= first).map(loss => shape('line', 'mark', { x1: x(loss.at), x2: x(loss.at), y1: 0, y2: HEIGHT })));
  axis(spends, first, first + SECONDS, '0 to ' + most);
  latency(points, x, step, base.cloneNode(), state.processes.length);
  axis(byId('latency'), first, first + SECONDS, '1 ms to 10 s, logarithmic');
}

function latency(points, x, step, base, processes) {
  const y = millis => HEIGHT - Math.min(4, Math.max(0, Math.log10(millis || 1))) / 4 * HEIGHT;
  const high = point => point.troubled / processes * HEIGHT;
  byId('latency').replaceChildren(base,
    ...points.map(point => shape('rect', 'area', { x: x(point.at - 1), width: step + 0.3, y: HEIGHT - high(point), height: high(point) })),
    shape('polyline', 'line', { points: points.map(point => x(point.at - 0.5) + ',' + y(point.p99)).join(' ') }));
}

function tile(process) {
  const known = process.generation !== null && process.generation !== undefined;
  const left = process.leftMillis;
  const tone = process.fault ? TONES[process.fault] || 'busy' : process.condition === 'starting' ? 'cold' : process.state === 'READY' ? 'ok' : 'busy';
  const bar = element('i');
  bar.style.width = Math.max(0, Math.min(1, (left || 0) / LIFE)) * 100 + '%';
  const life = left === null || left === undefined ? 'no token' : Math.abs(left) > 60000 ? 'clock differs' : left > 0 ? duration(left) + ' left' : 'expired';
  return element('li', tone,
    element('div', 'top', element('span', '', 'Process ' + process.number), element('span', '', process.condition)),
    element('div', 'life', bar),
    element('div', 'facts', element('span', '', known ? 'generation ' + number(process.generation) : 'generation unknown'), element('span', '', life)),
    element('div', 'facts error', element('span', '', process.lastError ? 'last error: ' + process.lastError : 'no error')));
}

function counted(id, counts) {
  const rows = Object.entries(counts).sort((one, other) => other[1] - one[1]);
  byId(id).tBodies[0].replaceChildren(...rows.map(([name, count]) =>
    element('tr', '', element('td', '', name), element('td', 'n', number(count)))));
}

function losses(state) {
  byId('losses').tBodies[0].replaceChildren(...[...state.losses].reverse().slice(0, 12).map(loss => element('tr', '',
    element('td', 'n', clock(loss.at)), element('td', '', loss.person), element('td', '', loss.name), element('td', '', loss.cause))));
}

function violations(state) {
  const some = state.violations.length > 0;
  byId('violations').hidden = !some;
  byId('violations').querySelector('ul').replaceChildren(...state.violations.map(what => element('li', '', what)));
  const verdict = byId('verdict');
  verdict.className = some ? 'no' : '';
  verdict.textContent = some ? 'Something happened that must not' : state.phase === 'over' ? 'Held to the end' : 'Holds so far';
}

function show(state) {
  byId('run').textContent = 'Seed ' + state.seed + ', settings in a ' + (state.store === 'jdbc' ? 'database' : 'file') + ', '
    + clock(Math.min(state.elapsed, state.seconds)) + ' of ' + clock(state.seconds)
    + ({ running: '', healing: ', nothing goes wrong any more', over: ', over' })[state.phase];
  byId('progress').firstElementChild.style.width = Math.min(1, state.elapsed / state.seconds) * 100 + '%';
  violations(state);
  figures(state);
  charts(state);
  byId('processes').replaceChildren(...state.processes.map(tile));
  losses(state);
  counted('failed', state.failed);
  counted('injected', state.injected);
  byId('log').replaceChildren(...state.log.slice(0, 40).map(entry =>
    element('li', '', element('time', '', clock(entry.at)), element('span', '', entry.what))));
}

async function poll() {
  try {
    const state = await (await fetch('/state.json')).json();
    show(state);
    if (state.phase !== 'over') setTimeout(poll, 500);
  } catch (gone) {
    byId('run').textContent += ' (the program has ended)';
  }
}
poll();
