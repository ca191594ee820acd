-- wrk script: every request carries the next app token of a file.
--
--   wrk -t2 -c16 -d10s --latency -s load.lua http://127.0.0.1:PORT/api/ably-jwt -- TOKENFILE [REQUESTS_SENT_BEFORE [HEADER]]
--
-- Each thread owns its share of the file, starts where the load before it stopped, and begins again at the end of its share.
-- done() prints one line: BENCH requests=.. duration_us=.. p50_us=.. p99_us=.. status=.. socket=.. bytes=..

local threads = {}

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
  for _, each in ipairs(threads) do each:set("count", #threads) end
end

local file, first, last, position

local function size_of(f)
  local size = f:seek("end")
  f:seek("set", 0)
  return size
end

-- The position is counted here: asking the file for it would throw its read buffer away each time.
local function begin_at(start)
  file:seek("set", math.max(start - 1, 0))
  position = start
  if start > 0 then position = start + #(file:read("*l") or "") end -- the rest of a line that began before
end

function init(args)
  not_ok = 0
  file = assert(io.open(args[1], "r"))
  local size = size_of(file)
  local line = #assert(file:read("*l")) + 1
  first = math.floor(size * id / count)
  last = math.floor(size * (id + 1) / count)
  local before = math.floor((tonumber(args[2]) or 0) / count) * line
  begin_at(first + before % (last - first))
  head = "GET " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\n" .. (args[3] or "Authorization: Bearer ")
end

function request()
  if position >= last then begin_at(first) end
  local token = file:read("*l")
  if not token then
    begin_at(first)
    token = file:read("*l")
  end
  position = position + #token + 1
  return head .. token .. "\r\n\r\n"
end

function response(status)
  if status ~= 200 then not_ok = not_ok + 1 end
end

function done(summary, latency)
  local refused = 0
  for _, thread in ipairs(threads) do refused = refused + thread:get("not_ok") end
  local e = summary.errors
  io.write(string.format(
    "BENCH requests=%d duration_us=%d p50_us=%d p99_us=%d status=%d socket=%d bytes=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    refused, e.connect + e.read + e.write + e.timeout, summary.bytes))
end
