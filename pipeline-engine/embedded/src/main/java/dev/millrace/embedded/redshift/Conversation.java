package dev.millrace.embedded.redshift;

import dev.millrace.embedded.redshift.Frames.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client's conversation, carried on with PostgreSQL: statements are translated on the way, a
/// COPY from S3 becomes one from here, and what Redshift refuses is refused.
///
/// What is done here is done between two statements of PostgreSQL: everything the client sent
/// before is brought to its end first. For one thread.
final class Conversation {

  private static final int SSL = 80877103;
  private static final int GSS = 80877104;
  private static final int CANCEL = 80877102;
  private static final Set<String> PASSED =
      Set.of("client_encoding", "DateStyle", "TimeZone", "extra_float_digits", "application_name");

  private final Frames client;
  private final Frames server;
  private final Backend door;
  private final Backend backend;
  private final CopyFromS3 copies;
  private final Map<String, Special> statements = new HashMap<>();
  private @Nullable Special bound;

  /// Whether the client's frames are passed over until its next Sync, after an error.
  private boolean skipping;

  private char status = 'I';
  private boolean beginning;
  private int session;
  private long lastCopied;

  /// @param door user and password that a client must give
  /// @param backend user and password that its statements run as
  Conversation(Socket client, Socket server, Backend door, Backend backend, CopyFromS3 copies)
      throws IOException {
    this.client = new Frames(client);
    this.server = new Frames(server);
    this.door = door;
    this.backend = backend;
    this.copies = copies;
  }

  /// A statement that is answered here.
  private sealed interface Special {
    record Copy(CopyCommand command) implements Special {}

    record Refused(RedshiftRefusal refusal) implements Special {}
  }

  /// Until the client leaves.
  void run() throws IOException {
    if (!greet()) {
      return;
    }
    while (true) {
      Frame frame = client.read();
      switch (frame.type()) {
        case 'Q' -> simple(frame.text(0));
        case 'P' -> parse(frame);
        case 'B' -> bind(frame);
        case 'D' -> describe(frame);
        case 'E' -> execute(frame);
        case 'S' -> {
          skipping = false;
          server.write(frame);
          relay(true);
        }
        case 'H' -> {
          // Replies come with the next Sync, which a client that flushes sends as well.
        }
        case 'X' -> {
          server.write(frame);
          server.flush();
          return;
        }
        default -> pass(frame);
      }
    }
  }

  /// @return whether a session begins; a wish to cancel is passed on and ends
  private boolean greet() throws IOException {
    while (true) {
      byte[] body = client.body();
      Frame start = new Frame(' ', body);
      int code = start.number(0);
      if (code == SSL || code == GSS) {
        client.writeByte('N');
        client.flush();
        continue;
      }
      if (code == CANCEL) {
        server.writeBody(body);
        server.flush();
        return false;
      }
      Map<String, String> parameters = parameters(start);
      if (!admitted(parameters.getOrDefault("user", ""))) {
        return false;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(Frames.number(code));
      out.writeBytes(Frames.texts("user", backend.user(), "database", backend.database()));
      parameters.forEach(
          (key, value) -> {
            if (PASSED.contains(key)) {
              out.writeBytes(Frames.texts(key, value));
            }
          });
      out.write(0);
      server.writeBody(out.toByteArray());
      server.flush();
      new BackendLogin(server, backend.password()).run();
      client.write('R', Frames.number(0));
      relay(true);
      return true;
    }
  }

  private static Map<String, String> parameters(Frame start) {
    Map<String, String> parameters = new HashMap<>();
    int at = Integer.BYTES;
    while (start.body()[at] != 0) {
      String key = start.text(at);
      at += key.getBytes(StandardCharsets.UTF_8).length + 1;
      String value = start.text(at);
      at += value.getBytes(StandardCharsets.UTF_8).length + 1;
      parameters.put(key, value);
    }
    return parameters;
  }

  /// Asks for the password, in clear: this answers on the loopback interface only.
  private boolean admitted(String user) throws IOException {
    client.write('R', Frames.number(3));
    client.flush();
    Frame answer = client.read();
    boolean right =
        answer.type() == 'p'
            && user.equals(door.user())
            && MessageDigest.isEqual(
                answer.text(0).getBytes(StandardCharsets.UTF_8),
                door.password().getBytes(StandardCharsets.UTF_8));
    if (!right) {
      client.write(
          'E',
          Frames.error(
              new RedshiftRefusal(
                  "28000", "password authentication failed for user \"" + user + "\"")));
      client.flush();
    }
    return right;
  }

  private void simple(String sql) throws IOException {
    Optional<Special> special = special(sql);
    if (special.isPresent()) {
      boolean _ = answer(special.get());
      server.write('S', new byte[0]);
      relay(true);
    } else {
      ask(translated(sql));
      relay(true);
    }
  }

  private void parse(Frame frame) throws IOException {
    if (skipping) {
      return;
    }
    String name = frame.text(0);
    int from = name.getBytes(StandardCharsets.UTF_8).length + 1;
    String sql = frame.text(from);
    statements.remove(name);
    Optional<Special> special = special(sql);
    if (special.isPresent()) {
      statements.put(name, special.get());
      if (settle()) {
        client.write('1', new byte[0]);
      }
      return;
    }
    beginning |= sql.strip().toLowerCase(java.util.Locale.ROOT).startsWith("begin");
    int rest = from + sql.getBytes(StandardCharsets.UTF_8).length + 1;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Frames.texts(name, translated(sql)));
    body.write(frame.body(), rest, frame.body().length - rest);
    server.write('P', body.toByteArray());
  }

  private void bind(Frame frame) throws IOException {
    String portal = frame.text(0);
    bound = statements.get(frame.text(portal.getBytes(StandardCharsets.UTF_8).length + 1));
    if (bound == null) {
      pass(frame);
    } else if (!skipping && settle()) {
      client.write('2', new byte[0]);
    }
  }

  private void describe(Frame frame) throws IOException {
    boolean ofStatement = frame.body()[0] == 'S';
    Special special = ofStatement ? statements.get(frame.text(1)) : bound;
    if (special == null) {
      pass(frame);
    } else if (!skipping && settle()) {
      if (ofStatement) {
        client.write('t', new byte[Short.BYTES]);
      }
      client.write('n', new byte[0]);
    }
  }

  private void execute(Frame frame) throws IOException {
    Special special = bound;
    if (special == null) {
      pass(frame);
    } else if (!skipping && settle()) {
      bound = null;
      skipping = !answer(special);
    }
  }

  private void pass(Frame frame) throws IOException {
    if (!skipping) {
      server.write(frame);
    }
  }

  private Optional<Special> special(String sql) {
    try {
      Optional<CopyCommand> copy = CopyCommand.parse(sql);
      if (copy.isPresent()) {
        return Optional.of(new Special.Copy(copy.get()));
      }
      String _ = Translation.of(sql, inTransaction());
      return Optional.empty();
    } catch (RedshiftRefusal refusal) {
      return Optional.of(new Special.Refused(refusal));
    }
  }

  private boolean inTransaction() {
    return status != 'I' || beginning;
  }

  private String translated(String sql) throws IOException {
    try {
      return Translation.of(sql, inTransaction())
          .replaceAll("(?i)\\bpg_last_copy_count\\s*\\(\\s*\\)", Long.toString(lastCopied));
    } catch (RedshiftRefusal refusal) {
      throw new IOException("A refused statement was translated", refusal);
    }
  }

  /// Brings everything sent so far to its end and tells the client of it.
  ///
  /// @return whether it all succeeded; otherwise the client's frames are passed over
  private boolean settle() throws IOException {
    server.write('S', new byte[0]);
    boolean well = relay(false);
    skipping |= !well;
    return well;
  }

  /// @return whether it succeeded
  private boolean answer(Special special) throws IOException {
    return switch (special) {
      case Special.Refused refused -> {
        refuse(refused.refusal());
        yield false;
      }
      case Special.Copy copy -> copy(copy.command());
    };
  }

  /// The transaction fails in PostgreSQL too.
  private void refuse(RedshiftRefusal refusal) throws IOException {
    client.write('E', Frames.error(refusal));
    ask("DO $$ BEGIN RAISE EXCEPTION 'refused by the stand-in'; END $$");
    drain();
  }

  private boolean copy(CopyCommand command) throws IOException {
    List<BackendColumn> columns = columns(command.table());
    if (columns.isEmpty()) {
      refuse(
          new RedshiftRefusal(
              "42P01", "Cannot COPY into nonexistent table " + command.table().replace("\"", "")));
      return false;
    }
    ask("COPY " + command.table() + " FROM STDIN");
    Frame opened = until('G');
    if (opened.type() == 'E') {
      client.write(opened);
      drain();
      return false;
    }
    try {
      TextRows rows = new TextRows(server);
      lastCopied = copies.run(command, columns, session, rows);
      rows.flush();
      server.write('c', new byte[0]);
    } catch (RedshiftRefusal refusal) {
      server.write('f', Frames.texts(refusal.text()));
      drain();
      client.write('E', Frames.error(refusal));
      return false;
    } catch (RuntimeException | IOException e) {
      server.write('f', Frames.texts("the stand-in failed"));
      drain();
      client.write(
          'E',
          Frames.error(
              RedshiftRefusal.internal(
                  "S3ServiceException:" + e.getMessage(), 8001, command.url())));
      return false;
    }
    server.flush();
    boolean well = true;
    while (true) {
      Frame frame = server.read();
      switch (frame.type()) {
        case 'Z' -> {
          status = (char) frame.body()[0];
          return well;
        }
        case 'E' -> {
          well = false;
          client.write(frame);
        }
        case 'C' -> client.write('C', Frames.texts("COPY"));
        default -> client.write(frame);
      }
    }
  }

  /// Columns of a table as this session sees it; none when there is no such table, or the
  /// transaction has failed.
  private List<BackendColumn> columns(String table) throws IOException {
    ask(
        """
        SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
        FROM pg_attribute a
        WHERE a.attrelid = to_regclass('%s') AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """
            .formatted(table.replace("'", "''")));
    server.flush();
    List<BackendColumn> columns = new ArrayList<>();
    while (true) {
      Frame frame = server.read();
      if (frame.type() == 'D') {
        List<String> values = values(frame);
        columns.add(new BackendColumn(values.get(0), values.get(1), values.get(2).equals("t")));
      } else if (frame.type() == 'Z') {
        status = (char) frame.body()[0];
        return columns;
      }
    }
  }

  private static List<String> values(Frame row) {
    List<String> values = new ArrayList<>();
    int at = Short.BYTES;
    while (at < row.body().length) {
      int length = row.number(at);
      at += Integer.BYTES;
      values.add(new String(row.body(), at, Math.max(0, length), StandardCharsets.UTF_8));
      at += Math.max(0, length);
    }
    return values;
  }

  private void ask(String sql) throws IOException {
    server.write('Q', Frames.texts(sql));
  }

  /// Reads on to a frame of a type, or an error; the others are of no interest.
  private Frame until(char type) throws IOException {
    server.flush();
    while (true) {
      Frame frame = server.read();
      if (frame.type() == type || frame.type() == 'E') {
        return frame;
      }
    }
  }

  /// Reads on until PostgreSQL is ready, and tells nobody.
  private void drain() throws IOException {
    server.flush();
    while (true) {
      Frame frame = server.read();
      if (frame.type() == 'Z') {
        status = (char) frame.body()[0];
        return;
      }
    }
  }

  /// Passes PostgreSQL's replies on until it is ready.
  ///
  /// @param ready whether the client is told that as well
  /// @return whether none was an error
  private boolean relay(boolean ready) throws IOException {
    server.flush();
    boolean well = true;
    while (true) {
      Frame frame = server.read();
      switch (frame.type()) {
        case 'Z' -> {
          status = (char) frame.body()[0];
          if (status == 'I') {
            beginning = false;
          }
          if (ready) {
            client.write(frame);
            client.flush();
          }
          return well;
        }
        case 'E' -> {
          well = false;
          client.write('E', told(frame));
        }
        case 'K' -> {
          session = frame.number(0);
          client.write(frame);
        }
        default -> client.write(frame);
      }
    }
  }

  /// A conflict of serializable transactions, as Redshift tells it.
  private static byte[] told(Frame error) {
    Map<Character, String> fields = new HashMap<>();
    int at = 0;
    while (error.body()[at] != 0) {
      char field = (char) error.body()[at];
      String text = error.text(at + 1);
      fields.put(field, text);
      at += 2 + text.getBytes(StandardCharsets.UTF_8).length;
    }
    if ("40001".equals(fields.get('C'))) {
      return Frames.error(
          new RedshiftRefusal(
              "XX000",
              "1023",
              "Serializable isolation violation on table in Redshift - the transactions form a cycle: "
                  + fields.getOrDefault('M', "")));
    }
    return error.body();
  }
}
