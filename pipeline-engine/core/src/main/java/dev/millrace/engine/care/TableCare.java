package dev.millrace.engine.care;

import dev.millrace.engine.care.CareOrder.Erase;
import dev.millrace.engine.care.CareOrder.Evolve;
import dev.millrace.engine.care.CareOrder.Expire;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.care.CareOrder.Prove;
import dev.millrace.engine.care.CareOrder.Restore;
import dev.millrace.engine.care.CareOrder.Vacuum;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.transform.SqlEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/// The care of one pipeline's tables: what a person orders is previewed, or carried out and put on
/// record.
///
/// Any thread may call; work on one table by one thread at a time. Another process may write to the
/// tables meanwhile.
public final class TableCare {

  private final Pipeline pipeline;
  private final Lake lake;
  private final SqlEngine sql;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final List<OutsideCopy> copies;

  /// @param copies what an erasure must reach outside of the lake
  public TableCare(
      Pipeline pipeline,
      Lake lake,
      SqlEngine sql,
      AuditTrail audit,
      InstantSource clock,
      List<OutsideCopy> copies) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.sql = sql;
    this.audit = audit;
    this.clock = clock;
    this.copies = List.copyOf(copies);
  }

  /// What carrying out the order would do; changes nothing.
  public CareReport preview(CareOrder order, Progress progress) {
    return switch (order) {
      case Optimize optimize -> {
        CareFinding finding = new OptimizeTable(table(optimize.table()), sql, optimize).preview();
        yield report(
            "%,d of %s of %s would be written anew, about %,d would be left"
                .formatted(
                    finding.count("files to rewrite"),
                    Count.of(finding.count("files"), "file"),
                    optimize.table(),
                    finding.count("files after, about")),
            false,
            finding);
      }
      case Vacuum vacuum -> {
        CareFinding finding = new VacuumTable(table(vacuum.table()), vacuum, clock).preview();
        yield report(
            "%s of %s would be deleted, %s"
                .formatted(
                    Count.of(finding.count("files to delete"), "file"),
                    vacuum.table(),
                    Count.of(finding.count("bytes to free"), "byte")),
            false,
            finding);
      }
      case Restore restore -> new RestoreTable(table(restore.table()), restore).preview();
      case Evolve evolve ->
          new EvolveSchema(table(evolve.table()), sql, evolve.changes()).preview();
      case Expire expire -> expire(expire, false);
      case Erase erase -> {
        requireColumn(erase.subject());
        yield withholding(erase.subject(), () -> eraser(erase.subject()).preview(progress));
      }
      case Prove prove -> withholding(prove.subject(), () -> prove(prove.subject(), progress));
    };
  }

  /// Carries out the order; whatever changes rows or deletes files is on record before it begins.
  public CareReport carryOut(CareOrder order, Progress progress) {
    if (order instanceof Erase erase) {
      requireColumn(erase.subject());
    }
    if (order instanceof Prove prove) {
      return withholding(prove.subject(), () -> prove(prove.subject(), progress));
    }
    String id = UUID.randomUUID().toString();
    String what = about(order);
    record(
        id,
        order,
        AuditRecord.State.STARTED,
        new CareReport(what, false, false, List.of(), List.of()));
    CareReport report;
    try {
      report = perform(order, progress);
    } catch (MillraceException e) {
      record(
          id,
          order,
          AuditRecord.State.FAILED,
          new CareReport(what + ": " + e.what(), false, false, List.of(), List.of()));
      throw e;
    }
    record(
        id,
        order,
        report.complete() ? AuditRecord.State.DONE : AuditRecord.State.INCOMPLETE,
        report);
    return report;
  }

  private CareReport perform(CareOrder order, Progress progress) {
    return switch (order) {
      case Optimize optimize -> {
        CareFinding finding =
            new OptimizeTable(table(optimize.table()), sql, optimize).run(progress);
        long before = finding.count("files before");
        long after = finding.count("files after");
        yield report(
            "%s has %s %s"
                .formatted(
                    optimize.table(),
                    Count.of(after, "file"),
                    before != after
                        ? "instead of %,d".formatted(before)
                        : "as before, %,d of them written anew"
                            .formatted(finding.count("files rewritten"))),
            true,
            finding);
      }
      case Vacuum vacuum -> {
        CareFinding finding = new VacuumTable(table(vacuum.table()), vacuum, clock).run(progress);
        yield report(
            "%s of %s deleted, %s freed"
                .formatted(
                    Count.of(finding.count("files deleted"), "file"),
                    vacuum.table(),
                    Count.of(finding.count("bytes freed"), "byte")),
            true,
            finding);
      }
      case Restore restore -> new RestoreTable(table(restore.table()), restore).run();
      case Evolve evolve ->
          new EvolveSchema(table(evolve.table()), sql, evolve.changes()).run(progress);
      case Expire expire -> expire(expire, true);
      case Erase erase -> withholding(erase.subject(), () -> eraser(erase.subject()).run(progress));
      case Prove prove -> withholding(prove.subject(), () -> prove(prove.subject(), progress));
    };
  }

  /// The value must not get into logs with a failure, nor with the causes beneath it.
  private static CareReport withholding(Subject subject, Supplier<CareReport> work) {
    try {
      return work.get();
    } catch (MillraceException e) {
      if (!e.what().contains(subject.value())) {
        throw e;
      }
      MillraceException silent =
          new MillraceException(
              e.code(), e.what().replace(subject.value(), "(withheld)"), e.remedy());
      silent.setStackTrace(e.getStackTrace());
      throw silent;
    }
  }

  private EraseSubject eraser(Subject subject) {
    return new EraseSubject(pipeline, lake, sql, clock, copies, subject);
  }

  /// A mistyped column must not read as somebody who is nowhere.
  private void requireColumn(Subject subject) {
    Set<String> known = new TreeSet<>();
    for (TableName name : lake.tables()) {
      table(name).schema().columns().forEach(column -> known.add(column.name()));
    }
    if (!known.isEmpty() && Collections.disjoint(known, subject.columns())) {
      String wanted = String.join(", ", new TreeSet<>(subject.columns()));
      throw new MillraceException(
          ErrorCode.USAGE,
          "No table of " + pipeline.name() + " has a column " + wanted,
          Nearest.to(wanted, known)
              .map(near -> "did you mean " + near + "?")
              .orElse("there are: " + String.join(", ", known)));
    }
  }

  private CareReport prove(Subject subject, Progress progress) {
    requireColumn(subject);
    FindTraces find = new FindTraces(sql, subject);
    List<CareFinding> findings = new ArrayList<>();
    long holding = 0;
    long looked = 0;
    for (TableName name : lake.tables()) {
      LakeTable table = table(name);
      FindTraces.Found found = find.in(table, progress);
      findings.add(found.finding(table));
      holding += found.live().size() + found.dead().size() + found.log().size();
      looked += found.looked();
    }
    return new CareReport(
        holding == 0
            ? "None of the %s of %s holds it: no live or old data file, no entry or checkpoint of a log"
                .formatted(Count.of(looked, "file"), Count.of(findings.size(), "table"))
            : "%,d of %s %s it"
                .formatted(holding, Count.of(looked, "file"), holding == 1 ? "holds" : "hold"),
        true,
        holding == 0,
        findings,
        List.of());
  }

  private CareReport expire(Expire order, boolean carryOut) {
    List<TableName> names = order.table().map(List::of).orElseGet(lake::tables);
    List<CareFinding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Set<TableName> shrunk = new HashSet<>();
    long rows = 0;
    for (TableName name : names) {
      LakeTable table = table(name);
      Optional<Duration> retention = pipeline.retentionOf(name);
      if (retention.isEmpty()) {
        notes.add(name + " is kept for ever, as the definition says.");
      } else if (!ExpireTable.canExpire(table)) {
        notes.add(name + " has no date its files are parted by, so nothing of it expires.");
      } else {
        ExpireTable expire = new ExpireTable(table, retention.get(), clock);
        CareFinding finding = carryOut ? expire.run() : expire.preview();
        rows += finding.count("rows to take out") + finding.count("rows taken out");
        findings.add(finding);
        if (finding.count("rows to take out") + finding.count("rows taken out") > 0) {
          shrunk.add(name);
        }
      }
    }
    List<String> built =
        pipeline.tables().stream()
            .filter(table -> !Collections.disjoint(table.from(), shrunk))
            .map(table -> table.name().toString())
            .toList();
    if (!built.isEmpty()) {
      notes.add(
          "The next run of a flow brings up to date what is built from these, and then no longer"
              + " counts the rows: "
              + String.join(", ", built)
              + ".");
    }
    if (rows > 0) {
      notes.add("The files stay on the disk until a vacuum; earlier versions still show the rows.");
    }
    return new CareReport(
        Count.of(rows, "row")
            + (carryOut ? (rows == 1 ? " has expired" : " have expired") : " would expire"),
        carryOut,
        true,
        findings,
        notes);
  }

  private void record(String id, CareOrder order, AuditRecord.State state, CareReport report) {
    Optional<AuditRecord.HashedSubject> hashed =
        order instanceof Erase erase
            ? Optional.of(audit.hashed(erase.subject()))
            : Optional.empty();
    audit.append(
        new AuditRecord(
            id,
            clock.instant(),
            AuditTrail.who(),
            order.verb(),
            pipeline.name(),
            hashed,
            state,
            report.summary(),
            report.findings(),
            report.notes()));
  }

  private static String about(CareOrder order) {
    return switch (order) {
      case Optimize optimize -> "optimize " + optimize.table();
      case Vacuum vacuum -> "vacuum " + vacuum.table() + ", retention " + vacuum.retention();
      case Restore restore -> "restore " + restore.table() + " to version " + restore.version();
      case Evolve evolve -> "alter " + evolve.table() + ": " + evolve.changes();
      case Expire expire ->
          "expire " + expire.table().map(TableName::toString).orElse("all tables");
      case Erase erase -> "erase " + erase.subject();
      case Prove prove -> "prove " + prove.subject();
    };
  }

  private LakeTable table(TableName name) {
    return lake.find(name).orElseThrow(() -> UnknownTable.of(name, lake));
  }

  private static CareReport report(String summary, boolean carriedOut, CareFinding finding) {
    return new CareReport(summary, carriedOut, true, List.of(finding), List.of());
  }
}
