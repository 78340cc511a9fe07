-- Keeps the value with the higher sequence. Safe to repeat.
-- KEYS[1] the account; ARGV: the value's sequence, the value, its deadline in Unix milliseconds.
-- Sequences are compared as digits: a Lua number is exact up to 2^53 only.
local stored = redis.call('GET', KEYS[1])
if stored then
  local sequence = string.match(stored, '^1 (%d+) ')
  if sequence and (#sequence > #ARGV[1] or (#sequence == #ARGV[1] and sequence > ARGV[1])) then
    return 0
  end
end
redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3])
return 1
