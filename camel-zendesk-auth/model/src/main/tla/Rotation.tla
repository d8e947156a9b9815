------------------------------ MODULE Rotation ------------------------------
(***************************************************************************)
(* How processes that share one stored grant of Zendesk rotate it.         *)
(*                                                                         *)
(* docs/model.adoc explains this file to readers who do not know TLA+.     *)
(* Each action names the class and the method that it models. What TLC     *)
(* checks is below "What must hold", at the end.                           *)
(*                                                                         *)
(* Logins: "A" is the grant of the first configuration, "B" that of a      *)
(* changed one, "C" that of a person's code, "R" client credentials. The   *)
(* tokens of a login are numbered: [l |-> "A", n |-> 2] is the second pair *)
(* of access token and refresh token of login "A".                         *)
(***************************************************************************)
EXTENDS Integers, TLC

CONSTANTS
    Persons,         \* processes (JVMs) that use the grant of a person
    Robots,          \* processes with client credentials, configured with the same place
    Interactive,     \* the persons' processes with initiateOAuth=GETANDREFRESH
    MaxTokens,       \* how far a login rotates
    MaxFaults,       \* how many faults there are in one history
    MaxOps,          \* how often an operator does something in one history
    Faults,          \* which faults: "crash" "lost" "odd" "unsent" "disk" "lock" "pause"
    Ops,             \* which things: "configure" "restart" "refresh" "revoke" "logout" "login" "code"
    Losable,         \* FALSE: a file, whose lock ends only with its holder. TRUE: a database session or a Lease
    ConfigAccess,    \* whether the configuration holds an access token too, which looks fresh
    StaleB,          \* whether the token of the changed configuration was used elsewhere before
    Skews,           \* by how much the clock of a process may be ahead
    \* Each of these brings back a fault that the engine once had.
    OneRecord,       \* 1: settings do not say which kind of credentials they belong to
    WallClock,       \* 2: the age of a token is judged by the clock that stamped it
    ConfigOverGrant, \* 3: what the configuration holds replaces a living grant without a request
    ForgetfulLedger, \* 5: what is unsaved goes with the context that obtained it
    CodeWaits,       \* 8: a pasted code waits behind a login that waits for a person
    \* These two were found by this model.
    OneNote,         \* a note takes the place of the note of another token
    UnsavedFirst     \* what is unsaved replaces what others have stored of the same generation

Procs   == Persons \cup Robots
Logins  == {"A", "B", "C", "R"}
Life    == 2                    \* the lifetime of an access token, in the unit of Skews
Dead    == MaxTokens + 1        \* the number of a revoked login: no token has it
Free    == "free"
NoTok   == [l |-> "-", n |-> 0]
NoPend  == [t |-> NoTok, over |-> TRUE, by |-> Free]
NoEnd   == [t |-> NoTok, why |-> "-"]
NoAns   == [k |-> "-", t |-> NoTok]
NoSight == [lin |-> "-", gen |-> 0, off |-> 0]

\* OAuthSettings. own = "-": nothing is stored; lin = "": no login yet; doubt: the tokens of PendingExchange.earlier;
\* sk: the clock that stamped the tokens.
Nothing == [own |-> "-", lin |-> "", gen |-> 0, tok |-> NoTok, pend |-> NoPend, doubt |-> {}, end |-> NoEnd,
            seen |-> {}, sk |-> 0]

VARIABLES
    cur,     \* Zendesk: the number of the tokens of each login that are in force
    age,     \* Zendesk: how old they are
    st,      \* the stored settings
    lock,    \* who holds the store's lock
    proc,    \* what each process has in memory
    skew,    \* the clock of each process
    landed,  \* history: the highest number of each login that was ever stored
    faults, ops,
    replayed, overwritten, storm, misnamed   \* history: what must not happen has happened

history == <<landed, replayed, overwritten, storm, misnamed>>
vars    == <<cur, age, st, lock, proc, skew, faults, ops, history>>

Memory == [pc    |-> "idle",   \* idle, want, locked, noted, sent, person (a login is awaited), asked (a robot)
           need  |-> "-",      \* TokenRequirement: any, newer (than known), code
           known |-> Nothing,  \* KnownSettings.current
           found |-> Nothing,  \* NotedRequest.found
           base  |-> Nothing,  \* NotedRequest.base
           tok   |-> NoTok,    \* NotedRequest.request
           lost  |-> FALSE,    \* NotedRequest.lostAt
           tries |-> 0,
           ans   |-> NoAns,    \* the answer, in the socket
           uns   |-> Nothing,  \* Ledger.unsaved: of the JVM, not of the manager
           repl  |-> "",       \* Ledger.Unsaved.replaced
           keep  |-> FALSE,    \* Ledger.Unsaved: the answer brought no refresh token
           saw   |-> FALSE,    \* whether the row is as this transaction saw it last
           late  |-> FALSE,    \* was stopped, without the lock, for longer than its note says
           has   |-> NoTok,    \* history: the tokens that this JVM was given and nobody has stored
           sight |-> NoSight,  \* FirstSight
           cfg   |-> "A",      \* ConfiguredGrant: the login of oauthRefreshToken
           code  |-> "-",      \* a code that a person pasted: fresh, taken, dead
           fate  |-> "-"]      \* what the last need came to

-----------------------------------------------------------------------------
(* Values. Pure, like the classes that they name.                          *)

Kind(p)     == IF p \in Robots THEN "client" ELSE "person"
Person(t)   == t.l \in {"A", "B", "C"}
InForce(t)  == Person(t) /\ cur[t.l] = t.n
IsCode(t)   == t = [l |-> "C", n |-> 0]
IsRevoked(t) == Person(t) /\ cur[t.l] = Dead
Alive(t)    == InForce(t) \/ t.l = "R"
Age(t)      == IF t.l \in Logins /\ cur[t.l] = t.n THEN age[t.l] ELSE 0
IsHeld(t)   == st.tok = t \/ \E p \in Persons : proc[p].uns.tok = t \/ (proc[p].ans.k = "granted" /\ proc[p].ans.t = t)
HasFault(f) == f \in Faults /\ faults < MaxFaults
HasOp(o)    == o \in Ops /\ ops < MaxOps
Release(p)  == IF lock = p THEN Free ELSE lock
IsDirty(p)  == proc[p].uns.own # "-"

\* Precedence.of(held, replaced, stored)
SameLogin(k, repl, s) == s.lin = k.lin \/ (repl # "" /\ s.lin = repl) \/ (s.tok = NoTok /\ s.lin = "")
IsNews(k, repl, s)    == s.own # "-" /\ (k.own = "-" \/ ~SameLogin(k, repl, s) \/ s.gen > k.gen)
IsOlder(k, s)         == s.own # "-" /\ k.own # "-" /\ SameLogin(k, "", s) /\ s.gen < k.gen

\* Precedence.isUnsaved: whether the stored settings count, and not what is unsaved. Of the same generation they do when
\* they hold the same refresh token, or one where the unsaved answer brought none: nothing is lost then.
IsOutdated(p) ==
    LET m == proc[p] IN
    \/ IsNews(m.uns, m.repl, st)
    \/ /\ ~UnsavedFirst /\ m.uns.end = NoEnd /\ st.own # "-" /\ SameLogin(m.uns, m.repl, st) /\ st.gen = m.uns.gen
       /\ m.keep \/ st.tok = m.uns.tok

\* SettingsCodec.checkOwner: whether this process may read and replace what is stored.
MayUse(p) == OneRecord \/ st.own \in {"-", Kind(p)}

\* KnownSettings.latest: what is unsaved, else what is stored, unless memory holds a later generation.
Latest(p) ==
    LET m == proc[p]
        s == IF IsDirty(p) /\ ~IsOutdated(p) THEN m.uns
             ELSE IF st.own = "-" \/ IsOlder(m.known, st) THEN m.known
             ELSE st
    IN  IF s.own = "-" THEN [s EXCEPT !.own = Kind(p)] ELSE s

\* KnownSettings.isUnseen, ConfiguredGrant.markSeen, ConfiguredGrant.inPlaceOf
Unseen(p, s) == LET m == proc[p] IN m.cfg \notin s.seen /\ (m.known.own = "-" \/ m.cfg \notin m.known.seen)
MarkSeen(p, s) == IF proc[p].cfg \in s.seen THEN s ELSE [s EXCEPT !.seen = @ \cup {proc[p].cfg}]
Begun(p, s) == LET c == proc[p].cfg IN
    [s EXCEPT !.lin = c, !.gen = @ + 1, !.tok = [l |-> c, n |-> 1], !.pend = NoPend, !.doubt = {}, !.end = NoEnd,
              !.seen = @ \cup {c}, !.sk = skew[p]]

\* GuardedTokenRequest.endOf, canRefresh
HasEnded(s)   == s.end # NoEnd /\ s.end.t = s.tok
CanRefresh(s) == Person(s.tok) /\ ~HasEnded(s)

\* FirstSight: how much older these tokens look to this process than they are.
Offset(p, s) ==
    LET seen    == proc[p].sight
        stamped == Age(s.tok) + skew[p] - s.sk
    IN  IF seen.lin = s.lin /\ seen.gen = s.gen THEN seen.off
        ELSE (IF seen # NoSight /\ Age(s.tok) = 0 THEN 0    \* cameWhileLooking
              ELSE IF stamped < 0 THEN Life                 \* from the future: the age is unknown
              ELSE stamped) - Age(s.tok)
Sighted(p, s) == IF Skews = {0} \/ s.tok = NoTok THEN proc[p].sight
                 ELSE [lin |-> s.lin, gen |-> s.gen, off |-> Offset(p, s)]
OwnSight(s)   == IF Skews = {0} THEN NoSight ELSE [lin |-> s.lin, gen |-> s.gen, off |-> 0]

\* Expiry.isFresh, by the clock of this process
Fresh(p, s) ==
    /\ s.tok # NoTok
    /\ IF WallClock THEN Age(s.tok) + skew[p] - s.sk \in 0..(Life - 1)
       ELSE IF Skews = {0} THEN Age(s.tok) < Life
       ELSE Age(s.tok) + Offset(p, s) < Life

\* TokenRequirement.isServedBy
Serves(p, s) == LET m == proc[p] IN
    m.need = "any" \/ (m.need = "newer" /\ (s.lin # m.known.lin \/ s.gen > m.known.gen))

\* KnownSettings.adopt; GuardedTokenRequest.isInForce
Adoptable(p, s) == ~Unseen(p, s) /\ Serves(p, s) /\ Fresh(p, s)
CanServe(p, s)  == ~HasEnded(s) /\ (Person(s.tok) \/ Fresh(p, s))

-----------------------------------------------------------------------------
(* The store.                                                              *)

\* PatientStore: somebody's request may be under way, by the note, though he has lost the lock.
UnderWay(p) ==
    /\ Losable /\ ~st.pend.over /\ st.pend.by \in Persons \ {p}
    /\ LET q == proc[st.pend.by] IN ~q.late /\ (q.pc \in {"noted", "sent"} \/ q.uns.own # "-")
CanLock(p) == (lock = Free /\ ~UnderWay(p)) \/ (lock = p /\ IsDirty(p))

\* FileSettingsStore.save, JdbcTransaction.save, KubernetesTransaction.save. A lock that was lost is taken again by
\* a save, if nobody else has saved. "unknown": the database has saved it and its answer was lost.
CanWrite(p, s, saw, held) ==
    /\ MayUse(p) /\ (st.own = "-" \/ s.gen >= st.gen)
    /\ IF Losable THEN saw /\ held \in {p, Free} ELSE held = p
Writes(p, s, saw, held) ==
    IF ~CanWrite(p, s, saw, held) THEN {"refused"}
    ELSE {"ok"} \cup (IF ~HasFault("disk") THEN {} ELSE IF Losable THEN {"full", "unknown"} ELSE {"full"})

\* What was given and is stored, or replaced, needs no memory.
Stored(m, t) == IF m.has.l = t.l /\ m.has.n <= t.n THEN [m EXCEPT !.has = NoTok] ELSE m

\* Process p goes on with memory m, after a save of s that ended like w.
Put(p, s, w, m) ==
    /\ faults' = faults + (IF w \in {"full", "unknown"} THEN 1 ELSE 0)
    /\ IF w \in {"ok", "unknown"}
       THEN /\ st' = s
            /\ proc' = [q \in Procs |-> IF q = p THEN Stored(m, s.tok)
                                        ELSE [Stored(proc[q], s.tok) EXCEPT !.saw = FALSE]]
            /\ landed' = IF Person(s.tok) /\ s.tok.n > landed[s.tok.l] THEN [landed EXCEPT ![s.tok.l] = s.tok.n]
                         ELSE landed
            /\ overwritten' = (overwritten \/ (/\ InForce(st.tok) /\ s.tok # st.tok
                                               /\ ~InForce(s.tok) /\ ~IsRevoked(s.tok)))
       ELSE proc' = [proc EXCEPT ![p] = m] /\ UNCHANGED <<st, landed, overwritten>>

\* The attempt is over.
Ended(m, fate) ==
    [m EXCEPT !.pc = "idle", !.need = "-", !.found = Nothing, !.base = Nothing, !.tok = NoTok, !.lost = FALSE,
              !.tries = 0, !.ans = NoAns, !.saw = FALSE, !.fate = fate, !.late = @ /\ m.uns.own # "-"]
\* The same, and AttemptRun asks a person where it may.
EndedOrLogin(p, m, fate) ==
    IF p \in Interactive /\ m.need # "code" THEN [Ended(m, fate) EXCEPT !.pc = "person"] ELSE Ended(m, fate)

-----------------------------------------------------------------------------
(* A person's grant: Rotation.renew, from top to bottom.                   *)

\* A call needs a token: it has none, Zendesk answered 401, or the token is due. Or a person asks for another.
Need(p) ==
    LET m       == proc[p]
        refused == m.known.tok # NoTok /\ (~Alive(m.known.tok) \/ Age(m.known.tok) = Life)
        due     == m.known.tok = NoTok \/ refused \/ ~Fresh(p, m.known)
    IN
    /\ m.pc = "idle" /\ m.code # "fresh"
    /\ due \/ HasOp("refresh")
    /\ proc' = [proc EXCEPT ![p].pc = "want", ![p].need = IF due /\ ~refused THEN "any" ELSE "newer"]
    /\ ops' = ops + (IF due THEN 0 ELSE 1)
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, history>>

\* StoredSettings.read, KnownSettings.adoptStored: nobody asks for a token, and another process has stored one.
Notice(p) ==
    LET m == proc[p]
        s == Latest(p)
    IN
    /\ m.pc = "idle" /\ MayUse(p) /\ IsNews(m.known, "", s) /\ ~Unseen(p, s) /\ Fresh(p, s)
    /\ proc' = [proc EXCEPT ![p].known = s, ![p].sight = Sighted(p, s)]
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, ops, history>>

\* KnownSettings.read(store), Rotation.adoptUnlocked: adopts, or fails without the lock when the grant has ended.
ReadUnlocked(p) ==
    LET m == proc[p]
        s == Latest(p)
    IN
    /\ m.pc = "want"
    /\ \/ /\ ~MayUse(p)
          /\ proc' = [proc EXCEPT ![p] = Ended(m, "SettingsUnavailable")]
       \/ /\ MayUse(p) /\ Adoptable(p, s)
          /\ proc' = [proc EXCEPT ![p] = Ended([m EXCEPT !.known = s, !.sight = Sighted(p, s)], "served")]
       \/ /\ MayUse(p) /\ m.need # "code" /\ HasEnded(s) /\ ~Unseen(p, s)
          /\ proc' = [proc EXCEPT ![p] = EndedOrLogin(p, m, s.end.why)]
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, ops, history>>

\* Rotation.lock: another holds it for longer than this process waits. Nothing is sent.
Busy(p) ==
    /\ proc[p].pc = "want" /\ ~CanLock(p)
    /\ proc' = [proc EXCEPT ![p] = Ended(@, "busy")]
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, ops, history>>

\* Ledger.begin, KnownSettings.read(transaction)
Begin(p) ==
    LET s == Latest(p) IN
    /\ proc[p].pc = "want" /\ CanLock(p) /\ MayUse(p)
    /\ ~(proc[p].need # "code" /\ HasEnded(s) /\ ~Unseen(p, s)) /\ ~Adoptable(p, s)
    /\ lock' = p
    /\ proc' = [proc EXCEPT ![p].pc = "locked", ![p].saw = TRUE, ![p].found = s, ![p].sight = Sighted(p, s)]
    /\ UNCHANGED <<cur, age, st, skew, faults, ops, history>>

\* Whether t was used before: what replaced it was stored, or a process that may live has it.
Replays(p, t) ==
    Person(t) /\ ~proc[p].late
              /\ \/ t.n < landed[t.l]
                 \/ \E q \in Persons : /\ ~proc[q].late
                                       /\ \/ proc[q].has.l = t.l /\ proc[q].has.n > t.n
                                          \/ q # p /\ proc[q].ans.k = "granted" /\ proc[q].ans.t.l = t.l
                                                   /\ proc[q].ans.t.n > t.n

\* NotedRequest.of: a note keeps the earlier ones, of other tokens. PendingExchange.without
Doubts(s)     == IF OneNote \/ s.pend = NoPend THEN {} ELSE s.doubt \cup {s.pend.t}
Without(s, t) == LET d == Doubts(s) \ {t} IN
                 IF d = {} THEN [s EXCEPT !.pend = NoPend, !.doubt = {}]
                 ELSE LET first == CHOOSE x \in d : TRUE IN
                      [s EXCEPT !.pend = [t |-> first, over |-> TRUE, by |-> Free], !.doubt = d \ {first}]

\* GuardedTokenRequest.note: the note is stored, and space for the answer reserved, or nothing is sent.
Note(p, found, base, tok) ==
    LET m     == proc[p]
        lost  == found.pend.t = tok \/ tok \in found.doubt
        note  == [t |-> tok, over |-> FALSE, by |-> p]
        noted == IF ~IsCode(tok) THEN [found EXCEPT !.pend = note, !.doubt = Doubts(found) \ {tok}]
                 ELSE [found EXCEPT !.pend = IF @ = NoPend THEN note ELSE @, !.seen = @ \cup {"C"}]
    IN
    \E w \in Writes(p, noted, m.saw, lock) :
        /\ Put(p, noted, w,
               IF w = "ok" THEN [m EXCEPT !.pc = "noted", !.found = found, !.base = base, !.tok = tok, !.lost = lost,
                                          !.uns = Nothing, !.repl = "", !.keep = FALSE]
               ELSE Ended(m, "SettingsUnavailable"))
        /\ lock' = IF w = "ok" THEN p ELSE IF IsDirty(p) THEN lock ELSE Release(p)
        /\ storm' = (storm \/ (/\ w = "ok" /\ tok = found.tok /\ InForce(tok) /\ Age(tok) = 0
                               /\ m.known.own # "-" /\ m.need # "code" /\ Serves(p, found)))
        /\ UNCHANGED <<cur, age, skew, ops, replayed, misnamed>>

\* Rotation.renew(transaction), decide
Decide(p) ==
    LET m     == proc[p]
        found == m.found
        begun == Begun(p, found)
        used  == MarkSeen(p, found)
    IN
    /\ m.pc = "locked"
    /\ IF m.need = "code" THEN Note(p, found, [MarkSeen(p, found) EXCEPT !.seen = @ \cup {"C"}], [l |-> "C", n |-> 0])
       ELSE IF Adoptable(p, found)
       THEN /\ proc' = [proc EXCEPT ![p] = Ended([m EXCEPT !.known = found], "served")]
            /\ lock' = IF IsDirty(p) THEN lock ELSE Release(p)
            /\ UNCHANGED <<cur, age, st, skew, faults, ops, history>>
       ELSE IF Unseen(p, found) /\ ConfigAccess /\ (ConfigOverGrant \/ ~CanServe(p, found))
       THEN \E w \in Writes(p, begun, m.saw, lock) :      \* adoptAndStore
            /\ Put(p, begun, w, Ended([m EXCEPT !.known = begun, !.sight = OwnSight(begun),
                                                !.uns = IF w = "ok" THEN Nothing ELSE @], "served"))
            /\ lock' = IF IsDirty(p) /\ w # "ok" THEN lock ELSE Release(p)
            /\ UNCHANGED <<cur, age, skew, ops, replayed, storm, misnamed>>
       ELSE IF Unseen(p, found) THEN Note(p, found, begun, begun.tok)
       ELSE IF CanRefresh(used) THEN Note(p, used, used, used.tok)
       ELSE /\ proc' = [proc EXCEPT ![p] = EndedOrLogin(p, m, IF HasEnded(found) THEN found.end.why ELSE "NoGrant")]
            /\ lock' = IF IsDirty(p) THEN lock ELSE Release(p)
            /\ UNCHANGED <<cur, age, st, skew, faults, ops, history>>

\* GuardedTokenRequest.send, TokenEndpoint.request. Zendesk carries it out, and the answer is in the socket, or lost.
Present(p) ==
    LET m      == proc[p]
        t      == m.tok
        next   == [l |-> t.l, n |-> t.n + 1]
        \* Nothing more can be granted in this small world.
        full   == t.n >= MaxTokens
        commit == cur' = [cur EXCEPT ![t.l] = t.n + 1] /\ age' = [age EXCEPT ![t.l] = 0]
        quiet  == UNCHANGED <<cur, age>>
        get(k, a, cost) ==
            /\ proc' = [proc EXCEPT ![p].pc = "sent", ![p].tries = @ + 1, ![p].ans = [k |-> k, t |-> a],
                                    ![p].lost = @ \/ m.tries > 0]
            /\ faults' = faults + cost
    IN
    /\ \/ m.pc = "noted"
       \/ m.pc = "sent" /\ m.ans.k = "lost" /\ m.tries < 2 /\ lock = p     \* isRepeatable
    /\ \/ InForce(t) /\ ~full /\ commit /\ get("granted", next, 0)
       \/ InForce(t) /\ full /\ quiet /\ get("unsent", NoTok, 0)
       \/ ~InForce(t) /\ quiet /\ get("refused", NoTok, 0)
       \/ InForce(t) /\ ~full /\ HasFault("lost") /\ commit /\ get("lost", NoTok, 1)
       \/ HasFault("lost") /\ quiet /\ get("lost", NoTok, 1)
       \/ InForce(t) /\ ~full /\ HasFault("odd") /\ commit /\ get("unparsed", NoTok, 1)
       \/ InForce(t) /\ t.n > 0 /\ HasFault("odd") /\ UNCHANGED cur /\ age' = [age EXCEPT ![t.l] = 0]
                     /\ get("granted", t, 1)                               \* without a refresh token
       \/ HasFault("unsent") /\ quiet /\ get("unsent", NoTok, 1)
    /\ replayed' = (replayed \/ Replays(p, t))
    /\ UNCHANGED <<st, lock, skew, ops, landed, overwritten, storm, misnamed>>

\* GuardedTokenRequest.store, Verdict.granted, Rotation.publish
LandGranted(p) ==
    LET m    == proc[p]
        next == [m.base EXCEPT !.lin = IF IsCode(m.tok) THEN "C" ELSE @, !.gen = @ + 1, !.tok = m.ans.t,
                               !.pend = NoPend, !.doubt = {}, !.end = NoEnd, !.sk = skew[p]]
        got  == [m EXCEPT !.known = next, !.sight = OwnSight(next), !.has = next.tok]
    IN
    /\ m.pc = "sent" /\ m.ans.k = "granted"
    /\ \E w \in Writes(p, next, m.saw, lock) :
        /\ Put(p, next, w, Ended(IF w = "ok" THEN [got EXCEPT !.uns = Nothing, !.repl = "", !.keep = FALSE]
                                 ELSE [got EXCEPT !.uns = next, !.repl = m.found.lin, !.keep = (m.ans.t = m.tok)],
                               "served"))
        /\ lock' = IF w = "ok" THEN Release(p) ELSE lock      \* Ledger.RetainedLock
        /\ UNCHANGED <<cur, age, skew, ops, replayed, storm, misnamed>>

\* GuardedTokenRequest.newer: another grant was stored without the lock. Another round begins.
LandNewer(p) ==
    LET m == proc[p] IN
    /\ m.pc = "sent" /\ m.ans.k = "refused" /\ MayUse(p) /\ IsNews(m.found, "", st)
    /\ proc' = [proc EXCEPT ![p] = [Ended(m, m.fate) EXCEPT !.pc = "locked", !.need = m.need, !.found = MarkSeen(p, st),
                                                            !.saw = (lock = p)]]
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, ops, history>>

\* Verdict.rejected, Rotation.otherGrant
LandRefused(p) ==
    LET m      == proc[p]
        why    == IF m.lost THEN "LOST" ELSE "REFUSED"
        beside == m.found.tok # NoTok /\ m.found.lin # m.base.lin
        doubt  == IF m.lost THEN Without(m.found, m.tok) ELSE m.found
        next   == IF IsCode(m.tok) THEN m.found                                          \* codeIsOver
                  ELSE IF beside THEN [doubt EXCEPT !.seen = @ \cup {m.tok.l}]           \* unspentGrant
                  ELSE [m.base EXCEPT !.pend = NoPend, !.doubt = {}, !.end = [t |-> m.tok, why |-> why]]
        again  == [Ended(m, m.fate) EXCEPT !.pc = "locked", !.need = m.need, !.found = next, !.saw = m.saw]
        over   == EndedOrLogin(p, m, IF IsCode(m.tok) THEN "CodeRefused" ELSE why)
        ends   == ~IsCode(m.tok)
        lasts  == ends /\ (lock = p \/ UnsavedFirst)                                      \* mustLast
    IN
    /\ m.pc = "sent" /\ m.ans.k = "refused" /\ MayUse(p) /\ ~IsNews(m.found, "", st)
    /\ \E w \in Writes(p, next, m.saw, lock) :
        LET n == IF ends /\ beside THEN again ELSE over IN
        /\ Put(p, next, w, IF w = "ok" THEN [n EXCEPT !.uns = Nothing, !.repl = "", !.keep = FALSE]
                           ELSE IF lasts THEN [n EXCEPT !.uns = next, !.repl = m.found.lin, !.keep = FALSE] ELSE n)
        /\ lock' = IF (ends /\ beside) \/ (lasts /\ w # "ok") THEN lock ELSE Release(p)
        /\ misnamed' = (misnamed \/ (/\ ends /\ ~beside /\ ~m.late /\ why = "REFUSED" /\ cur[m.tok.l] # Dead
                                     /\ ~(m.tok.l = "B" /\ StaleB)
                                     /\ ~IsHeld([l |-> m.tok.l, n |-> cur[m.tok.l]])))
        /\ UNCHANGED <<cur, age, skew, ops, replayed, storm>>

\* NotedRequest.doubted
Doubted(p) ==
    LET m == proc[p] IN
    IF ~IsCode(m.tok) THEN [m.found EXCEPT !.pend = [t |-> m.tok, over |-> TRUE, by |-> p],
                                           !.doubt = Doubts(m.found) \ {m.tok}]
    ELSE [m.found EXCEPT !.pend = IF @ = NoPend THEN [t |-> m.tok, over |-> TRUE, by |-> p]
                                  ELSE [@ EXCEPT !.over = TRUE],
                         !.seen = @ \cup {"C"}]

\* NotedRequest.unspent
Unspent(p) == IF proc[p].lost THEN Doubted(p) ELSE proc[p].found

\* Verdict.failed
LandFailed(p) ==
    LET m    == proc[p]
        next == IF m.ans.k = "unsent" THEN Unspent(p) ELSE Doubted(p)
    IN
    /\ m.pc = "sent" /\ m.ans.k \in {"lost", "unparsed", "unsent"}
    /\ \E w \in Writes(p, next, m.saw, lock) :
        /\ Put(p, next, w, Ended(m, IF m.ans.k = "unsent" THEN "retry" ELSE "retry, perhaps lost"))
        /\ lock' = Release(p)
        /\ UNCHANGED <<cur, age, skew, ops, replayed, storm, misnamed>>

\* GuardedTokenRequest.withdraw: the lock is lost between the note and the space for the answer, so nothing is sent.
Withdraw(p) ==
    LET m == proc[p] IN
    /\ m.pc = "noted" /\ lock # p
    /\ \E w \in Writes(p, Unspent(p), m.saw, lock) :
        /\ Put(p, Unspent(p), w, Ended(m, "SettingsUnavailable"))
        /\ lock' = Release(p)
        /\ UNCHANGED <<cur, age, skew, ops, replayed, storm, misnamed>>

\* Ledger.saveNow
SaveNow(p) ==
    LET m      == proc[p]
        clean  == [m EXCEPT !.uns = Nothing, !.repl = "", !.keep = FALSE, !.late = FALSE]
    IN
    /\ IsDirty(p) /\ m.pc \in {"idle", "want", "person"} /\ CanLock(p) /\ MayUse(p)
    /\ IF IsOutdated(p)
       THEN /\ proc' = [proc EXCEPT ![p] = IF st.lin # m.uns.lin THEN [clean EXCEPT !.has = NoTok] ELSE clean]
            /\ lock' = Free
            /\ UNCHANGED <<cur, age, st, skew, faults, ops, history>>
       ELSE \E w \in Writes(p, m.uns, TRUE, p) :
            /\ Put(p, m.uns, w, IF w = "ok" THEN clean ELSE m)
            /\ lock' = IF w = "ok" THEN Free ELSE p
            /\ UNCHANGED <<cur, age, skew, ops, replayed, storm, misnamed>>

-----------------------------------------------------------------------------
(* A login by a person: RefreshCoordinator, AttemptQueue.                  *)

PasteCode(p) ==
    /\ HasOp("code") /\ cur["C"] = 0 /\ proc[p].pc \in {"idle", "person"} /\ \A q \in Persons : proc[q].code = "-"
    /\ proc' = [proc EXCEPT ![p].code = "fresh"]
    /\ ops' = ops + 1
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, history>>

\* AttemptQueue: a code overtakes an attempt that waits for a person.
CanTake(p) == proc[p].code = "fresh" /\ proc[p].pc \in (IF CodeWaits THEN {"idle"} ELSE {"idle", "person"})
TakeCode(p) ==
    /\ CanTake(p)
    /\ proc' = [proc EXCEPT ![p].pc = "want", ![p].need = "code", ![p].code = "taken"]
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, ops, history>>

\* A code lives for two minutes, so it expires only where nothing takes it at once.
CodeExpires(p) ==
    /\ proc[p].code = "fresh" /\ ~CanTake(p)
    /\ proc' = [proc EXCEPT ![p].code = "dead"]
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, ops, history>>

\* A login is awaited for five minutes.
LoginTimesOut(p) ==
    /\ proc[p].pc = "person" /\ proc[p].code # "fresh"
    /\ proc' = [proc EXCEPT ![p].pc = "idle"]
    /\ UNCHANGED <<cur, age, st, lock, skew, faults, ops, history>>

-----------------------------------------------------------------------------
(* Client credentials: ClientCredentialsGrant.renew.                       *)

RobotAsks(r) ==
    LET m == proc[r]
        s == IF MayUse(r) THEN Latest(r) ELSE [m.known EXCEPT !.own = "client"]
    IN
    /\ m.pc = "idle" /\ (m.known.tok = NoTok \/ Age(m.known.tok) = Life)
    /\ IF MayUse(r) /\ s.tok # NoTok /\ Fresh(r, s) /\ (s.lin # m.known.lin \/ s.gen > m.known.gen)
       THEN proc' = [proc EXCEPT ![r].known = s, ![r].fate = "served"] /\ UNCHANGED <<cur, age>>
       ELSE /\ cur["R"] < MaxTokens
            /\ cur' = [cur EXCEPT !["R"] = @ + 1] /\ age' = [age EXCEPT !["R"] = 0]
            /\ LET t == [l |-> "R", n |-> cur["R"] + 1] IN
               proc' = [proc EXCEPT ![r].known = [s EXCEPT !.gen = @ + 1, !.tok = t, !.pend = NoPend, !.doubt = {},
                                                                !.end = NoEnd],
                                    ![r].pc = "asked", ![r].fate = "served"]
    /\ UNCHANGED <<st, lock, skew, faults, ops, history>>

\* saveIfPossible: a token that is not saved is requested again.
RobotSaves(r) ==
    LET m == [proc[r] EXCEPT !.pc = "idle"] IN
    /\ proc[r].pc = "asked"
    /\ \/ lock = Free /\ CanWrite(r, m.known, TRUE, r) /\ Put(r, m.known, "ok", m)
       \/ ~(lock = Free /\ CanWrite(r, m.known, TRUE, r)) /\ Put(r, m.known, "refused", m)
    /\ UNCHANGED <<cur, age, lock, skew, ops, replayed, storm, misnamed>>

-----------------------------------------------------------------------------
(* What processes, networks and operators do to them.                      *)

\* kill -9, power failure. The lock goes with the process; a request that has left may be carried out (Present).
Crash(p) ==
    /\ HasFault("crash") /\ (proc[p].pc # "idle" \/ IsDirty(p))
    /\ proc' = [proc EXCEPT ![p] = 
                              [Memory EXCEPT !.cfg = proc[p].cfg, !.fate = proc[p].fate, !.code = proc[p].code]]
    /\ lock' = Release(p)
    /\ faults' = faults + 1
    /\ UNCHANGED <<cur, age, st, skew, ops, history>>

\* A database session is cut, a Lease ends: the holder lives, and does not know it.
LoseLock(p) ==
    /\ Losable /\ HasFault("lock") /\ lock = p
    /\ lock' = Free
    /\ faults' = faults + 1
    /\ UNCHANGED <<cur, age, st, proc, skew, ops, history>>

\* SIGSTOP, a suspended machine: longer than the note says, after the lock was lost.
Pause(p) ==
    /\ Losable /\ HasFault("pause") /\ lock # p /\ ~proc[p].late
    /\ proc[p].pc \in {"noted", "sent"} \/ IsDirty(p)
    /\ proc' = [proc EXCEPT ![p].late = TRUE]
    /\ faults' = faults + 1
    /\ UNCHANGED <<cur, age, st, lock, skew, ops, history>>

\* A context is stopped and started in the same JVM, with the same configuration or with a changed one.
Restart(p) ==
    /\ proc[p].pc = "idle"
    /\ \E cfg \in {proc[p].cfg} \cup (IF HasOp("configure") THEN {"B"} ELSE {}) :
        /\ cfg # proc[p].cfg \/ (HasOp("restart") /\ (proc[p].known.own # "-" \/ IsDirty(p)))
        /\ proc' = [proc EXCEPT ![p].known = Nothing, ![p].sight = NoSight, ![p].cfg = cfg,
                                ![p].uns = IF ForgetfulLedger THEN Nothing ELSE @,
                                ![p].repl = IF ForgetfulLedger THEN "" ELSE @]
    /\ lock' = IF ForgetfulLedger THEN Release(p) ELSE lock
    /\ ops' = ops + 1
    /\ UNCHANGED <<cur, age, st, skew, faults, history>>

\* An administrator ends the grant in Zendesk.
Revoke(l) ==
    /\ HasOp("revoke") /\ l # "R" /\ cur[l] \in 1..MaxTokens
    /\ cur' = [cur EXCEPT ![l] = Dead]
    /\ ops' = ops + 1
    /\ UNCHANGED <<age, st, lock, proc, skew, faults, history>>

\* Rotation.revoke
Logout(p) ==
    LET m      == [proc[p] EXCEPT !.saw = TRUE]
        s      == Latest(p)
        erased == [s EXCEPT !.gen = @ + 1, !.tok = NoTok, !.pend = NoPend, !.doubt = {},
                              !.end = [t |-> NoTok, why |-> "REVOKED"]]
    IN
    /\ HasOp("logout") /\ m.pc = "idle" /\ CanLock(p) /\ MayUse(p) /\ Person(s.tok)
    /\ cur' = [cur EXCEPT ![s.tok.l] = Dead]
    /\ \E w \in Writes(p, erased, TRUE, p) :
        /\ faults' = faults + (IF w \in {"full", "unknown"} THEN 1 ELSE 0)
        /\ st' = IF w \in {"ok", "unknown"} THEN erased ELSE st
        /\ proc' = [q \in Procs |->
               IF q # p THEN [proc[q] EXCEPT !.saw = @ /\ w \notin {"ok", "unknown"}]
               ELSE Ended([m EXCEPT !.known = erased, !.uns = IF w = "ok" THEN Nothing ELSE erased,
                                    !.repl = IF w = "ok" THEN "" ELSE s.lin], "REVOKED")]
        /\ lock' = IF w = "ok" THEN Free ELSE p
    /\ ops' = ops + 1
    /\ UNCHANGED <<age, skew, history>>

\* Another process, such as the command, logs a person in.
LoginElsewhere ==
    /\ HasOp("login") /\ cur["C"] = 0 /\ lock = Free /\ st.own # "client"
    /\ \A p \in Persons : ~UnderWay(p) /\ proc[p].code = "-"
    /\ cur' = [cur EXCEPT !["C"] = 1]
    /\ st' = [st EXCEPT !.own = "person", !.lin = "C", !.gen = @ + 1, !.tok = [l |-> "C", n |-> 1],
                        !.pend = NoPend, !.doubt = {}, !.end = NoEnd, !.sk = 0]
    /\ proc' = [q \in Procs |-> [proc[q] EXCEPT !.saw = FALSE]]
    /\ landed' = [landed EXCEPT !["C"] = 1]
    /\ ops' = ops + 1
    /\ UNCHANGED <<age, lock, skew, faults, replayed, overwritten, storm, misnamed>>

\* Time passes, until a token is due.
Grow(l) ==
    /\ cur[l] \in 1..(MaxTokens - 1) /\ age[l] = 0 /\ (l # "B" \/ landed["B"] > 0)
    /\ age' = [age EXCEPT ![l] = Life]
    /\ UNCHANGED <<cur, st, lock, proc, skew, faults, ops, history>>

-----------------------------------------------------------------------------

Init ==
    /\ cur = [A |-> 1, B |-> IF StaleB THEN 2 ELSE 1, C |-> 0, R |-> 0]
    /\ age = [l \in Logins |-> 0]
    /\ st = Nothing /\ lock = Free
    /\ proc = [p \in Procs |-> Memory]
    /\ skew \in [Procs -> Skews]
    /\ landed = [l \in Logins |-> 0]
    /\ faults = 0 /\ ops = 0
    /\ replayed = FALSE /\ overwritten = FALSE /\ storm = FALSE /\ misnamed = FALSE

\* What the engine does by itself.
Step(p) ==
    \/ ReadUnlocked(p) \/ Busy(p) \/ Begin(p) \/ Decide(p) \/ Present(p) \/ LandGranted(p) \/ LandNewer(p)
    \/ LandRefused(p) \/ LandFailed(p) \/ Withdraw(p) \/ TakeCode(p) \/ LoginTimesOut(p)

Next ==
    \/ \E p \in Persons : Need(p) \/ Notice(p) \/ Step(p) \/ SaveNow(p) \/ PasteCode(p) \/ CodeExpires(p)
                          \/ Crash(p) \/ LoseLock(p) \/ Pause(p) \/ Restart(p) \/ Logout(p)
    \/ \E r \in Robots : RobotAsks(r) \/ RobotSaves(r)
    \/ \E l \in Logins : Revoke(l) \/ Grow(l)
    \/ LoginElsewhere

Spec == Init /\ [][Next]_vars

\* For TLC: processes are alike, and what a need came to decides nothing that follows.
Alike     == Permutations(Persons)
Essential == <<cur, age, st, lock, [p \in Procs |-> [proc[p] EXCEPT !.fate = "-"]], skew, faults, ops, history>>

-----------------------------------------------------------------------------
(* What must hold.                                                         *)

TypeOK ==
    /\ lock \in Procs \cup {Free}
    /\ \A p \in Procs : /\ proc[p].pc \in {"idle", "want", "locked", "noted", "sent", "person", "asked"}
                        /\ proc[p].need \in {"-", "any", "newer", "code"}

\* S1. No refresh token is presented again once its answer was stored, or an owner that may still live has it.
NoTokenIsReplayed == ~replayed

\* Without the lock nothing is sent, and never without a note. A lock can be lost between the note and the request.
NotedBeforeSent == \A p \in Persons : proc[p].pc \in {"noted", "sent"} /\ ~Losable =>
                       lock = p /\ (st.pend.t = proc[p].tok \/ IsCode(proc[p].tok))

\* S2. No living grant is overwritten, in the store ...
NoGrantIsOverwritten == ~overwritten
\* ... or in memory: what a JVM was given and nobody has stored is still to be saved, unless another login came.
NothingIsForgotten ==
    \A p \in Persons : InForce(proc[p].has) =>
        proc[p].uns.tok = proc[p].has \/ st.lin # proc[p].has.l

\* S3. Nobody acts as another: the tokens in use are of the process's kind, and belong to their login.
NobodyActsAsAnother ==
    /\ \A p \in Procs : LET s == proc[p].known IN
           s.tok # NoTok => (s.tok.l = "R") = (p \in Robots) /\ (p \in Persons => s.tok.l = s.lin)
    /\ st.tok # NoTok => IF st.own = "client" THEN st.tok.l = "R" ELSE st.tok.l = st.lin

\* S4. Every loss is named: where nobody has the living tokens, the settings say so ...
EveryLossIsExplained ==
    \A l \in {"A", "B"} :
        LET t == [l |-> l, n |-> cur[l]] IN
        cur[l] \in 2..MaxTokens /\ ~(l = "B" /\ StaleB) =>
            \/ IsHeld(t)
            \/ st.pend.t.l = l \/ (\E d \in st.doubt : d.l = l) \/ (st.end.why = "LOST" /\ st.end.t.l = l)
            \/ st.lin \notin {"", l} \/ (st.lin = "" /\ \E p \in Persons : proc[p].cfg # l)   \* another took its place
\* ... and a refusal after a lost answer is not called a revocation.
EveryLossIsNamed == ~misnamed

\* S5. Clocks that differ cost no rotation: a process that knows the grant replaces no token that is fresh.
NoFreshTokenIsReplaced == ~storm

\* S6. A pasted code is sent while it lives.
NoCodeIsWasted == \A p \in Persons : proc[p].code # "dead"

\* Liveness: when faults end, each process is served, or has an error that names what a person must do.
Fairness ==
    /\ \A p \in Persons : WF_vars(Need(p)) /\ WF_vars(Step(p)) /\ SF_vars(Begin(p)) /\ SF_vars(SaveNow(p))
    /\ \A r \in Robots : WF_vars(RobotAsks(r) \/ RobotSaves(r))
FairSpec == Spec /\ Fairness
Served(p) == InForce(proc[p].known.tok) /\ Age(proc[p].known.tok) < Life
Named(p)  == proc[p].fate \in {"LOST", "REFUSED", "REVOKED", "NoGrant"}
EveryNeedIsServedOrNamed == <>[](\A p \in Persons : Served(p) \/ Named(p))
=============================================================================
