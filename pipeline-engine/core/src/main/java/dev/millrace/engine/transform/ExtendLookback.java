package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.Extending.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Extends a table whose rows look back over rows of their entity.
///
/// A source row that came or went changes the rows of its entity at its time and the next `rows`
/// rows after it; these look back over as many rows before. Both ends are found by counting the
/// entity's rows in the table as it stands, at first near the changed times and then, for entities
/// with too few rows there, further around. What is to be computed anew is then a set of spans per
/// entity, and what must be read for it a somewhat larger one.
final class ExtendLookback {

  private static final String CHANGED = "_changed";

  private static final long HOUR = 3_600_000_000L;

  /// More rows than are needed on average, so that most entities are done in the first round.
  private static final double SLACK = 1.5;

  /// Each round looks at four times as much time as the one before.
  private static final int DOUBLINGS = 2;

  /// After so many rounds whatever stands is looked at.
  private static final int ROUNDS = 3;

  private final Extending extending;
  private final SqlSession session;
  private final Reach.Lookback reach;

  ExtendLookback(Extending extending, Reach.Lookback reach) {
    this.extending = extending;
    this.session = extending.session();
    this.reach = reach;
  }

  /// @param sql the author's, parameters put in
  Extension of(LakeChanges changes, String sql) {
    if (extending.rowsWithoutCount(changes, List.of(reach.entity(), reach.time()), sql)) {
      return new Extension.NotPossible(
          "rows without "
              + reach.entity()
              + " or "
              + reach.time()
              + " came or went, and the SQL makes something of them");
    }
    String entity = session.quoted(reach.entity());
    String time = session.quoted(reach.time());
    session.table(
        CHANGED,
        "SELECT DISTINCT e, t FROM (SELECT %s AS e, unix_micros(%s) AS t FROM (%s) AS _c) AS _d WHERE e IS NOT NULL AND t IS NOT NULL"
            .formatted(
                entity,
                time,
                ChangedRows.query(
                    session,
                    extending.source().table(),
                    changes,
                    entity + ", " + time,
                    extending.read())));

    List<LookbackRound> rounds = rounds();
    if (rounds.isEmpty()) {
      return extending.nothing();
    }
    List<TimeSpan> taken = new ArrayList<>();
    List<TimeSpan> redone = new ArrayList<>();
    long computed = 0;
    for (LookbackRound round : rounds) {
      taken.addAll(round.taken());
      redone.addAll(round.redone());
      computed += round.rowsTaken();
    }
    Column standing = extending.target().schema().column(reach.time()).orElseThrow();
    Chosen redo = chosen(LookbackRound.all(rounds, LookbackRound::redo));
    List<LakeFile> replaced = extending.holding(TimeSpan.merged(redone), standing, redo);
    Optional<Extension> dearer = extending.dearer(computed, replaced);
    if (dearer.isPresent()) {
      return dearer.get();
    }
    extending.narrow(
        TimeSpan.merged(taken),
        extending.source().table().schema().column(reach.time()).orElseThrow(),
        chosen(LookbackRound.all(rounds, LookbackRound::take)),
        sql,
        false);
    String within = Extending.within(session.quoted(reach.time()), redone);
    return extending.rows(within, redo, replaced, redo);
  }

  /// Looks around the changed times until every entity's spans are known.
  private List<LookbackRound> rounds() {
    Column time = extending.target().schema().column(reach.time()).orElseThrow();
    Neighbourhood standing = new Neighbourhood(extending.base().files(), time);
    long entities = Numbers.one(session, "SELECT count(DISTINCT e) FROM " + CHANGED);
    List<LookbackRound> rounds = new ArrayList<>();
    String pending = CHANGED;
    while (true) {
      List<TimeSpan> spans = around(standing, entities, pending, rounds.size());
      if (spans.isEmpty()) {
        return rounds;
      }
      LookbackRound round =
          new LookbackRound(
              session, extending.target().schema(), standing, reach, rounds.size(), pending, spans);
      round.look(extending.read());
      rounds.add(round);
      pending = round.pendingAfter();
    }
  }

  /// Where to look for rows near the changed times; nowhere when there are none.
  private List<TimeSpan> around(Neighbourhood standing, long entities, String pending, int round) {
    List<long[]> hours =
        Numbers.rows(
            session,
            "SELECT h, min(t) AS first_t, max(t) AS last_t FROM (SELECT %s AS h, t FROM %s) AS _h GROUP BY h"
                .formatted(ExtendWindows.window("t", HOUR), pending));
    if (!hours.isEmpty() && round >= ROUNDS) {
      return List.of(new TimeSpan(TimeSpan.BEGINNING, TimeSpan.END));
    }
    long wanted = (long) (SLACK * reach.rows() * entities);
    long wide = 1L << (DOUBLINGS * round);
    return TimeSpan.merged(
        hours.stream().map(hour -> standing.around(hour[1], hour[2], wanted, wide)).toList());
  }

  private Chosen chosen(String spans) {
    return Chosen.matching(
        spans,
        "_k.e = _r.%1$s AND unix_micros(_r.%2$s) >= _k.lo AND unix_micros(_r.%2$s) < _k.hi"
            .formatted(session.quoted(reach.entity()), session.quoted(reach.time())));
  }
}
