/// Tables of the lake: snapshot, commit, read; the port that every store implements.
///
/// The lake may lie in a folder or in an object store. What that means for who writes and reads:
/// - **Write** new data files into {@link LakeTable#dataFolder}, then commit them. In a folder they
///   are in place by then; in an object store the commit uploads them first. A file that is given
///   up is deleted at its path.
/// - **Read** data files through a `SqlSession`, whose views hold what they read, or hold them with
///   {@link LakeFiles#hold}. {@link LakeFile#path} names a file, and its last part is the name in
///   every place; bytes may be there or not.
/// - **Look at or remove** files other than by commits (a vacuum) through
///   {@link dev.millrace.engine.lake.store.Store}, whose names are relative to the lake's root.
@NullMarked
package dev.millrace.engine.lake;

import org.jspecify.annotations.NullMarked;
