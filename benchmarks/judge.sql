-- The rules of tasks/sql/control.sql, asked of every row that volume.sql put in.
DO $$
BEGIN
  IF EXISTS (SELECT FROM tasks_instruction i WHERE state NOT IN ('registered', 'cancelled') AND NOT EXISTS
      (SELECT FROM tasks_executor WHERE instruction_id = i.id AND role = 'lead' AND released_on IS NULL)) THEN
    RAISE 'invented rows break a rule: on control without a lead';
  END IF;
  IF EXISTS (SELECT FROM tasks_instruction i WHERE due IS DISTINCT FROM coalesce(
      (SELECT granted_due FROM tasks_extension e WHERE e.instruction_id = i.id AND state = 'granted' AND NOT EXISTS
        (SELECT FROM tasks_extension c WHERE c.corrects_id = e.id) ORDER BY id DESC LIMIT 1), original_due)) THEN
    RAISE 'invented rows break a rule: a term that moved by itself';
  END IF;
  IF EXISTS (SELECT FROM tasks_instruction i LEFT JOIN tasks_executionreport r ON r.instruction_id = i.id
      AND r.kind = 'final' AND r.state <> 'draft' WHERE i.is_demo AND coalesce(r.state, '-') <>
      CASE i.state WHEN 'reported' THEN 'submitted' WHEN 'returned' THEN 'returned' WHEN 'executed' THEN 'accepted' ELSE '-' END) THEN
    RAISE 'invented rows break a rule: out of step with the final report';
  END IF;
  IF EXISTS (SELECT FROM tasks_instruction i CROSS JOIN LATERAL tasks_holder(i.id) AS h
      LEFT JOIN tasks_holdinterval p ON p.instruction_id = i.id AND upper_inf(p.during)
      WHERE i.is_demo AND (p.holder, p.organisation_id) IS DISTINCT FROM (h.holder, h.organisation)) THEN
    RAISE 'invented rows break a rule: held by another';
  END IF;
END $$;
