--------------------------- MODULE RotationTrace ---------------------------
(***************************************************************************)
(* Whether what processes did is a behaviour of Rotation.                  *)
(*                                                                         *)
(* Traces.tla, which the tests write, holds what was seen of real runs.    *)
(* Each step here is an action of Rotation, or none, so that all of its    *)
(* invariants are checked on the way. What a process is about to do and    *)
(* what it has done are two events: its action may be anywhere between     *)
(* them. What cannot be seen from outside may happen at any time.          *)
(***************************************************************************)
EXTENDS Rotation, Sequences, Traces

VARIABLES
    run,      \* which trace
    at,       \* how many of its events are explained
    last,     \* the last event of each process, of Zendesk, and of the world: what is done to them
    owed,     \* who is about to do what the last event announced
    asked,    \* who was asked for a token
    urged,    \* who was asked for another one than is in use
    carried   \* token requests that Zendesk has carried out, and has not told of yet

Zendesk  == "zendesk"
World    == {"world", "machine"}    \* who is stopped may lose its lock meanwhile
traceVars == <<run, at, last, owed, asked, urged, carried>>

Trace     == Traces[run]
Event     == Trace[at + 1]
Nowhere   == [e |-> "-", p |-> "-", next |-> 0]
Last(p)   == IF last[p] = 0 THEN Nowhere ELSE Trace[last[p]]
Coming(p) == IF Last(p).next = 0 THEN Nowhere ELSE Trace[Last(p).next]

\* What a trace tells of settings. Whose a note is decides nothing once it is over.
Told(s) == [own |-> s.own, lin |-> s.lin, gen |-> s.gen, tok |-> s.tok, doubt |-> s.doubt, end |-> s.end,
            seen |-> s.seen, pend |-> IF s.pend.over THEN [s.pend EXCEPT !.by = Free] ELSE s.pend]

TraceInit ==
    /\ Init
    /\ run \in DOMAIN Traces /\ at = 0
    /\ last = [p \in Procs \cup World \cup {Zendesk} |-> 0]
    /\ owed = {} /\ asked = {} /\ urged = {} /\ carried = {}

-----------------------------------------------------------------------------
(* Actions that no event shows at their very moment.                       *)

\* What a process does in memory alone, while it looks for a token.
Thinks(p) ==
    /\ p \in asked \ owed /\ (Event.p = p \/ owed # {})    \* else it can as well think later
    /\ \/ /\ Need(p) \/ ReadUnlocked(p) \/ Busy(p) \/ LandNewer(p)
          /\ IF ops' = ops THEN urged' = urged ELSE p \in urged /\ urged' = urged \ {p}
       \/ /\ Decide(p) /\ st' = st /\ proc'[p].pc # "noted" /\ proc'[p].fate # "SettingsUnavailable"
          /\ urged' = urged
    /\ UNCHANGED <<run, at, last, owed, asked, carried>>

\* It notices by itself what another has stored.
Notices(p) == (Event.p = p \/ owed # {}) /\ Coming(p).e # "-" /\ Notice(p) /\ UNCHANGED traceVars

\* The save that was announced, and what came of it. A process that died may have saved.
Saves(p) ==
    /\ p \in owed /\ Last(p).e = "saving"
    /\ Decide(p) \/ LandGranted(p) \/ LandRefused(p) \/ LandFailed(p) \/ Withdraw(p) \/ SaveNow(p)
    /\ CASE Coming(p).e = "saved"  -> faults' = faults /\ Told(st') = Last(p).s
         [] Coming(p).e = "failed" -> st' = st \/ (faults' > faults /\ Told(st') = Last(p).s)
         [] OTHER                  -> faults' = faults /\ Told(st') = Last(p).s
    /\ owed' = owed \ {p}
    /\ UNCHANGED <<run, at, last, asked, urged, carried>>

\* Zendesk carries out the request that was announced.
Reaches(p) ==
    /\ p \in owed /\ Last(p).e = "sending"
    /\ Present(p)
    /\ LET a == proc'[p].ans IN
       /\ Coming(p).e = "got" => a.k = Coming(p).k /\ (a.k = "granted" => a.t = Coming(p).a)
       /\ Coming(p).e \in {"got", "dead", "-"}
       /\ carried' = carried \cup (IF cur' # cur THEN {[p |-> p, t |-> Last(p).t, k |-> "rotated"]}
                                   ELSE IF a.k = "refused" THEN {[p |-> p, t |-> Last(p).t, k |-> "refused"]}
                                   ELSE {})
    /\ owed' = owed \ {p}
    /\ UNCHANGED <<run, at, last, asked, urged>>

\* What it was about to do is not done.
Dies(p) ==
    /\ Coming(p).e = "dead" /\ Crash(p)
    /\ owed' = owed \ {p} /\ asked' = asked \ {p} /\ urged' = urged \ {p}
    /\ UNCHANGED <<run, at, last, carried>>

\* The tests have announced what is done to them.
Happens(w) ==
    /\ w \in owed
    /\ CASE Last(w).e = "cutting"  -> \E p \in Persons : LoseLock(p)
         [] Last(w).e = "stopping" -> Pause(Last(w).who)
         [] Last(w).e = "revoking" -> Revoke(Last(w).l)
         [] Last(w).e = "login"    -> LoginElsewhere
    /\ owed' = owed \ {w}
    /\ UNCHANGED <<run, at, last, asked, urged, carried>>

-----------------------------------------------------------------------------
(* Events.                                                                 *)

Same    == UNCHANGED vars
Quiet   == UNCHANGED <<owed, asked, urged, carried>>
Owes(p) == owed' = owed \cup {p} /\ UNCHANGED <<asked, urged, carried>>
Done(p) == proc[p].pc = "idle" /\ Same /\ asked' = asked \ {p} /\ urged' = urged \ {p} /\ UNCHANGED carried

Explains(v) ==
    LET p == v.p IN
    CASE v.e = "start"    -> (IF v.l = proc[p].cfg THEN Same ELSE Restart(p) /\ proc'[p].cfg = v.l) /\ Quiet
      [] v.e = "asks"     -> /\ asked' = asked \cup {p} /\ urged' = IF v.k = "refresh" THEN urged \cup {p} ELSE urged
                             /\ Same /\ UNCHANGED <<owed, carried>>
      [] v.e = "found"    -> Told(st) = v.s /\ (Begin(p) \/ Same) /\ Quiet
      [] v.e = "saving"   -> Same /\ Owes(p)
      [] v.e = "sending"  -> proc[p].pc \in {"noted", "sent"} /\ proc[p].tok = v.t /\ Same /\ Owes(p)
      [] v.e \in {"saved", "failed", "got", "happened"} -> p \notin owed /\ Same /\ Quiet
      [] v.e = "gaveBack" -> lock # p /\ Same /\ Quiet
      [] v.e = "uses"     -> proc[p].known.gen = v.gen /\ Done(p) /\ UNCHANGED owed
      [] v.e = "fails"    -> (v.why = "later" \/ proc[p].fate = v.why) /\ Done(p) /\ UNCHANGED owed
      [] v.e = "dead"     -> ~IsDirty(p) /\ Done(p) /\ owed' = owed \ {p}
      [] v.e = "answered" -> /\ \E c \in carried : c.t = v.t /\ c.k = v.k /\ carried' = carried \ {c}
                             /\ Same /\ UNCHANGED <<owed, asked, urged>>
      [] v.e \in {"cutting", "stopping", "revoking", "login"} -> Same /\ Owes(p)
      [] v.e = "perhaps"  -> Same /\ owed' = owed \ {p} /\ UNCHANGED <<asked, urged, carried>>

Tells ==
    /\ at < Len(Trace)
    /\ Explains(Event)
    /\ at' = at + 1 /\ last' = [last EXCEPT ![Event.p] = at + 1]
    /\ UNCHANGED run

TraceNext ==
    \/ Tells
    \/ at < Len(Trace) /\ \E p \in Persons : last[p] > 0 /\ (Thinks(p) \/ Notices(p) \/ Saves(p) \/ Reaches(p) \/ Dies(p))
    \/ \E w \in World : Happens(w)

TraceSpec == TraceInit /\ [][TraceNext]_<<vars, traceVars>>

-----------------------------------------------------------------------------
(* For TLC.                                                                *)

\* Tells how far each trace is explained, as soon as it is.
Progress == IF at > TLCGet(run) THEN TLCSet(run, at) /\ PrintT(<<"explained", run, at>>) ELSE TRUE
ASSUME \A r \in DOMAIN Traces : TLCSet(r, -1)

\* What a dead process was like decides nothing that follows, nor how many faults there were.
Decisive == <<cur, age, st, lock, skew, history, traceVars,
              [p \in Persons |-> IF Last(p).e = "dead" THEN Memory ELSE proc[p]]>>

\* That nothing here goes beyond the model.
IsOfTheModel == [][Next]_vars
=============================================================================
