// Makes a page of docs/operations/grafana-dashboard.json: the panels at their places, with what Prometheus answers to their queries.
// A panel that has nothing to show is named on standard error. The environment: PROMETHEUS_PORT, MINUTES.
//
//   node draw.mjs > page.html

import { readFileSync } from 'node:fs'
import * as echarts from 'echarts'

const dashboard = JSON.parse(readFileSync(new URL('../../docs/operations/grafana-dashboard.json', import.meta.url), 'utf8'))
const end = Math.floor(Date.now() / 1000)
const start = end - Number(process.env.MINUTES) * 60
const column = 60
const row = 30
const values = { job: 'ably-auth', instance: '.*', __rate_interval: '20s' }

async function ask(expr, instant) {
  const query = expr.replace(/\$(\w+)/g, (whole, name) => values[name] ?? whole)
  const at = instant ? `query?time=${end}` : `query_range?start=${start}&end=${end}&step=5`
  const answer = await fetch(`http://127.0.0.1:${process.env.PROMETHEUS_PORT}/api/v1/${at}&query=${encodeURIComponent(query)}`)
  const { data, error } = await answer.json()
  if (error) throw new Error(`${query}: ${error}`)
  return data.result
}

const number = (value, digits) => String(Number(value.toFixed(digits)))
function words(value, unit) {
  switch (unit) {
    case 'percentunit': return `${number(value * 100, 2)} %`
    case 'reqps': return `${number(value, value < 10 ? 2 : 0)}/s`
    case 's': return Math.abs(value) < 1 ? `${number(value * 1000, 1)} ms` : `${number(value, 1)} s`
    case 'bytes': return value < 1e5 ? `${number(value, 0)} B` : `${number(value / 1048576, 0)} MB`
    default: return number(value, 2)
  }
}

const escape = text => text.replace(/[&<>]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign])
const named = (format, labels) => format.replace(/\{\{(\w+)\}\}/g, (_, name) => labels[name] ?? '')

async function results(panel) {
  const all = []
  for (const target of panel.targets) {
    for (const result of await ask(target.expr, target.instant)) {
      all.push({ name: named(target.legendFormat, result.metric), ...result })
    }
  }
  if (all.length === 0) console.error(`nothing to show: ${panel.title}`)
  return all
}

async function stat(panel) {
  const { unit } = panel.fieldConfig.defaults
  const mode = panel.options.textMode
  const text = ({ name, value }) => mode === 'name' ? name : `${mode === 'value_and_name' ? `${name} ` : ''}${words(Number(value[1]), unit)}`
  const shown = (await results(panel)).map(text)
  const size = Math.min(30, Math.floor(560 / Math.max(...shown.map(each => each.length), 1)))
  return `<div class="stat" style="font-size: ${size}px">${shown.map(escape).join('<br>') || 'No data'}</div>`
}

async function lines(panel, width, height) {
  const { unit } = panel.fieldConfig.defaults
  const series = (await results(panel)).map(({ name, values: points }) => ({
    name, type: 'line', showSymbol: false, lineStyle: { width: 1.5 },
    data: points.map(([time, value]) => [time * 1000, Number.isNaN(Number(value)) ? null : Number(value)]),
  }))
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({
    animation: false,
    grid: { left: 8, right: 12, top: 10, bottom: 34, containLabel: true },
    legend: { bottom: 0, type: 'scroll', itemHeight: 6, itemWidth: 14, textStyle: { fontSize: 10 } },
    xAxis: { type: 'time', min: start * 1000, max: end * 1000, axisLabel: { fontSize: 10, hideOverlap: true } },
    yAxis: { type: 'value', scale: unit === 's', axisLabel: { fontSize: 10, formatter: value => words(value, unit) } },
    series,
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return series.length > 0 ? svg : '<div class="stat">No data</div>'
}

const boxes = []
for (const panel of dashboard.panels) {
  const { x, y, w, h } = panel.gridPos
  const place = `left: ${x * column + 2}px; top: ${y * row + 2}px; width: ${w * column - 4}px; height: ${h * row - 4}px`
  if (panel.type === 'row') {
    boxes.push(`<h2 style="${place}">${escape(panel.title)}</h2>`)
    continue
  }
  const inside = panel.type === 'stat' ? await stat(panel) : await lines(panel, w * column - 14, h * row - 34)
  boxes.push(`<div class="panel" style="${place}"><h3>${escape(panel.title)}</h3>${inside}</div>`)
}

console.log(`<!doctype html><meta charset="utf-8"><title>${escape(dashboard.title)}</title>
<style>
  body { margin: 8px; font-family: sans-serif; background: #f4f5f5; position: relative }
  h2, .panel { position: absolute; margin: 0; box-sizing: border-box }
  h2 { font-size: 15px; padding: 6px 4px }
  .panel { background: #fff; border: 1px solid #d8d9da; padding: 4px }
  h3 { margin: 0 0 2px; font-size: 12px; font-weight: 600 }
  .stat { text-align: center; padding-top: 12px; color: #1f6f3f; overflow: hidden }
</style>
${boxes.join('\n')}`)
