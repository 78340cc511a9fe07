-- What wrk sends for make bench, and how it tells its figures.
--
--   wrk … -s wrk.lua URL -- PATH METHOD AMOUNT CACHE_CONTROL [AUTHORIZATION]    one request, again and again
--   wrk … -s wrk.lua URL -- users FILE AMOUNT READ_SHARE                        a user of the file for each request
--
-- Requests are texts that are made once: on a small machine the generator must leave the processors to what it
-- measures. For the same reason there is no response(): wrk itself counts the answers with a status of 400 and more.

local function body(amount)
  return amount and amount ~= "-" and '{"amount": ' .. amount .. '}' or nil
end

local function headers(cacheControl, authorization)
  local headers = { ["Content-Type"] = "application/json", ["Host"] = wrk.headers["Host"] }
  if cacheControl and cacheControl ~= "-" then headers["Cache-Control"] = cacheControl end
  if authorization then headers["Authorization"] = authorization end
  return headers
end

-- A step that shares no factor with the number of users visits all of them, far from each other.
local STEP = 7919
local at = 0
local sent = 0
local reads, writes, readShare = {}, {}, 0

local function ofUsers()
  at = (at + STEP) % #writes
  sent = sent + 1
  -- 0.8: of five requests in a row, four.
  if math.floor(sent * readShare) > math.floor((sent - 1) * readShare) then return reads[at + 1] end
  return writes[at + 1]
end

function init(arguments)
  if arguments[1] == "users" then
    for id in io.lines(arguments[2]) do
      local path = "/api/users/" .. id
      writes[#writes + 1] = wrk.format("PUT", path .. "/balance", headers(), body(arguments[3]))
      reads[#reads + 1] = wrk.format("GET", path, headers())
    end
    readShare = tonumber(arguments[4])
    at = number * math.floor(#writes / 2)
    request = ofUsers
  else
    wrk.path, wrk.method, wrk.body = arguments[1], arguments[2], body(arguments[3])
    wrk.headers = headers(arguments[4], arguments[5])
  end
end

-- The threads begin at different users.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    "BENCH requests=%d micros=%d status=%d connect=%d read=%d write=%d timeout=%d p50=%.0f p99=%.0f p999=%.0f max=%.0f",
    summary.requests, summary.duration, errors.status, errors.connect, errors.read, errors.write, errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max))
end
