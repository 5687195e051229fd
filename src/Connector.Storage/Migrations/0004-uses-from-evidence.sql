UPDATE agreement
SET due = CASE in_force WHEN 1 THEN 0 END,
    body = CAST(json_set(
        CAST(body AS TEXT),
        '$.ChangesAt', CASE in_force WHEN 1 THEN '0001-01-01T00:00:00+00:00' ELSE json_extract(CAST(body AS TEXT), '$.ChangesAt') END,
        '$.Uses', max(coalesce(json_extract(CAST(body AS TEXT), '$.Uses'), 0), used.times),
        '$.FirstUsedAt', coalesce(json_extract(CAST(body AS TEXT), '$.FirstUsedAt'), used.first),
        '$.LastUsedAt', coalesce(json_extract(CAST(body AS TEXT), '$.LastUsedAt'), used.last)) AS BLOB)
FROM (
    SELECT agreement_id, count(*) AS times, min(begun) AS first, max(begun) AS last
    FROM (
        SELECT json_extract(payload, '$.agreementId') AS agreement_id, min(at) AS begun
        FROM evidence WHERE kind = 'Start' AND json_valid(payload)
        GROUP BY json_extract(payload, '$.agreementId'), subject)
    GROUP BY agreement_id) AS used
WHERE used.agreement_id = agreement.id;
