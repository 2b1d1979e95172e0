package dev.millrace.engine.lake.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Files by name: a folder, or a prefix of a bucket.
///
/// Names are relative to the store's root, have `/` between their parts and no `.` or `..` among
/// them. A file appears whole or not at all, whoever looks; once a write has returned it is there
/// for good, and every listing and reading after it tells so. Files whose last name starts with a
/// dot are drafts and are not listed. Any thread may call, and so may other processes.
///
/// Every failure is an {@link IOException}: {@link java.nio.file.NoSuchFileException} when a file
/// is missing, {@link StoreException} when the store refuses or does not answer, {@link
/// java.io.InterruptedIOException} when the thread was interrupted. {@link StoreFaults} makes them
/// into what a person reads.
public interface Store extends AutoCloseable {

  /// Where it lies, for a person: a folder's path or `s3://bucket/prefix`.
  String place();

  /// Where a file or folder of it lies, for a person.
  default String place(String name) {
    return place() + (name.isEmpty() ? "" : "/" + name);
  }

  /// Whether a look at it is a request to a server, which takes time and may be paid for.
  boolean isRemote();

  /// Files that lie directly in a folder and whose last name is `from` or comes after it, in order
  /// of their names; none when there is no such folder.
  List<Stored> list(String folder, String from) throws IOException;

  /// Names (last parts) of the folders that lie directly in a folder, in order.
  List<String> folders(String folder) throws IOException;

  /// All files below a folder, however deep, in no particular order.
  List<Stored> walk(String folder) throws IOException;

  /// Files below a folder that a killed writer was still making under a passing name; {@link #walk}
  /// shows none of them. A store without passing names has none.
  default List<Stored> unfinished(String folder) throws IOException {
    return List.of();
  }

  Optional<Stored> find(String name) throws IOException;

  /// A file's whole content; for files that fit into memory.
  byte[] read(String name) throws IOException;

  /// Part of a file: `length` bytes from a position on, fewer at its end, none behind it.
  byte[] read(String name, long from, int length) throws IOException;

  /// Brings a file's whole content into a local file, new or replaced. After a failure the local
  /// file may hold part of it.
  ///
  /// @throws IOException also when what came is not what was put
  void fetch(String name, Path target) throws IOException;

  /// Puts a file under a name that is not taken; of many callers exactly one gets true.
  ///
  /// The content must differ from whatever another caller puts (by an identifier in it): a store
  /// whose answer was lost looks whether its own content stands. An interrupt does not tear the
  /// call apart. A failure leaves it open whether the file came to be.
  ///
  /// @return false when the name is another's
  boolean create(String name, byte[] content) throws IOException;

  /// Puts a file, whatever had the name before.
  void put(String name, byte[] content) throws IOException;

  /// As {@link #put(String, byte[])} with the content of a local file, which is used up: it may be
  /// moved away.
  void put(String name, Path file) throws IOException;

  /// A new local path at which to write what {@link #put(String, Path)} shall take; the caller
  /// deletes it afterwards if it is still there.
  Path draft(String name) throws IOException;

  /// @return whether there was one
  boolean delete(String name) throws IOException;

  @Override
  void close();
}
