// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.calls;

/**
 * The statements by which facts become records. Each may be run again and in any order after the
 * rows are there, with the same result.
 */
enum Fact {
    /** Also locks the call's row, whether or not it changes it; goes first. */
    CALL_KNOWN(
            """
            insert into reporting.call as c (call_id, tenant_id, started_at) values ($1, $2, $3)
            on conflict (call_id)
            do update set started_at = excluded.started_at
            where c.started_at > excluded.started_at
            """),
    LEG_KNOWN(
            """
            insert into reporting.leg (call_id, leg_id) values ($1, $2) on conflict do nothing
            """),
    CALL_STARTED(
            """
            update reporting.call set direction = $2, from_number = $3, to_number = $4,
            carrier = $5, origin = $6, invitation = $7, started_at = least(started_at, $8)
            where call_id = $1
            """),
    CALL_ANSWERED(
            """
            update reporting.call set answered_at = least(answered_at, $2) where call_id = $1
            """),
    TALK_STARTED(
            """
            update reporting.call set talk_started_at = least(talk_started_at, $2)
            where call_id = $1
            """),
    CALL_FINISHED(
            """
            update reporting.call set ended_at = $2, end_fault = $3, end_reason = $4
            where call_id = $1
            """),
    FLOW_STARTED(
            """
            update reporting.call set flow_id = $2, flow_at = $3
            where call_id = $1 and (flow_at is null or flow_at <= $3)
            """),
    CALL_RATED(
            """
            update reporting.call set rating = $2, rated_at = $3
            where call_id = $1 and (rated_at is null or rated_at <= $3)
            """),
    NOTICE_PLAYED(
            """
            update reporting.call set notice_at = $2, notice_language = $3, notice_prompts = $4,
            notice_version = $5
            where call_id = $1 and (notice_at is null or notice_at >= $2)
            """),
    TALK_RECORDING(
            """
            insert into reporting.talk_recording as t
            (call_id, leg_id, outcome, recording_id, at) values ($1, $2, $3, $4, $5)
            on conflict (call_id, leg_id, outcome, recording_id)
            do update set at = excluded.at where t.at > excluded.at
            """),
    CALL_QUEUED(
            """
            update reporting.call set queued_at = least(queued_at, $3),
            queue_id = case when $2 <> '' and (queue_at is null or queue_at <= $3)
                then $2 else queue_id end,
            queue_at = case when $2 <> '' then greatest(queue_at, $3) else queue_at end
            where call_id = $1
            """),
    CALL_DEQUEUED(
            """
            update reporting.call set
            queue_end = case when dequeued_at is null or dequeued_at <= $2
                then $3 else queue_end end,
            dequeued_at = greatest(dequeued_at, $2)
            where call_id = $1
            """),
    CALLED_BACK(
            """
            update reporting.call set queue_id = $2 where call_id = $1
            """),
    OFFER_ACCEPTED(
            """
            update reporting.call set accepted_agent_id = $2, accepted_at = $3
            where call_id = $1 and (accepted_at is null or accepted_at <= $3)
            """),
    LEG_STARTED(
            """
            update reporting.leg set started_at = $3, role = $4, direction = $5, party = $6,
            agent_id = $7 where call_id = $1 and leg_id = $2
            """),
    LEG_CONNECTED(
            """
            update reporting.leg set codec = $3, answered_at = least(answered_at, $4)
            where call_id = $1 and leg_id = $2
            """),
    LEG_JOINED(
            """
            update reporting.leg set joined_at = least(joined_at, $3)
            where call_id = $1 and leg_id = $2
            """),
    LEG_FINISHED(
            """
            update reporting.leg set ended_at = $3, end_fault = $4, end_reason = $5,
            sip_status = $6, packets_received = $7, packets_lost = $8, jitter_ms = $9, mos = $10
            where call_id = $1 and leg_id = $2
            """);

    /** Who talked: the agent's leg that was joined last, else who accepted the offer. */
    static final String WHO_TALKED =
            """
            update reporting.call c set
            agent_id = coalesce(talker.agent_id, c.accepted_agent_id),
            agent_extension = coalesce(talker.party, '')
            from reporting.call self left join lateral (
                select agent_id, party from reporting.leg
                where leg.call_id = self.call_id and agent_id <> '' and joined_at is not null
                order by joined_at desc, leg_id desc limit 1
            ) talker on true
            where c.call_id = self.call_id and c.call_id = any($1)
            and (c.agent_id, c.agent_extension) is distinct from
                (coalesce(talker.agent_id, c.accepted_agent_id), coalesce(talker.party, ''))
            """;

    private final String sql;

    Fact(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
