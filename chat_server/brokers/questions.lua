-- Answers many questions in one round trip, each about one key.
-- KEYS[i] is what the i-th question is about; ARGV[1] is a msgpack list of {act, first, second}.
-- The answer is a msgpack list of whole numbers. Redis's own clock is the clock of all nodes.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function text(number)
    return string.format('%.0f', number)
end

local acts = {}

-- The last `limit` uses of a thing, oldest first. 0: counted; else the milliseconds to wait.
-- A use that lies in the future was noted before the clock stepped back, and says nothing.
function acts.take(key, limit, window)
    local oldest = tonumber(redis.call('LINDEX', key, text(-limit)))
    if oldest and oldest <= now and oldest + window > now then
        return oldest + window - now
    end
    redis.call('RPUSH', key, text(now))
    redis.call('LTRIM', key, text(-limit), '-1')
    redis.call('PEXPIRE', key, text(window))
    return 0
end

-- The nodes on which a subject is connected, each with the time at which we stop believing it.
-- The answer is on how many other nodes the subject is connected.
function acts.here(key, node, expiry)
    redis.call('ZREMRANGEBYSCORE', key, '-inf', text(now))
    redis.call('ZREM', key, node)
    local others = redis.call('ZCARD', key)
    redis.call('ZADD', key, text(now + expiry), node)
    redis.call('PEXPIRE', key, text(expiry))
    return others
end

function acts.gone(key, node)
    redis.call('ZREM', key, node)
    return redis.call('ZCOUNT', key, '(' .. text(now), '+inf')
end

function acts.nodes(key)
    return redis.call('ZCOUNT', key, '(' .. text(now), '+inf')
end

local answers = {}
for place, question in ipairs(cmsgpack.unpack(ARGV[1])) do
    answers[place] = acts[question[1]](KEYS[place], question[2], question[3])
end
return cmsgpack.pack(answers)
