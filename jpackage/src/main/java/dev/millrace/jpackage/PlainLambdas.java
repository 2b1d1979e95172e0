package dev.millrace.jpackage;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.invoke.LambdaMetafactory;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Lambdas of Scala as Java would have compiled them.
///
/// Scala makes each of its lambdas serializable, by a call that the AOT cache does not keep: a start
/// of the broker then makes some six hundred classes anew, for lambdas that nobody ever serializes.
final class PlainLambdas {

  private static final String SERIALIZABLE = "altMetafactory";
  private static final int METHOD_TYPE = 0;
  private static final int FLAGS = 3;
  private static final int HARMLESS =
      LambdaMetafactory.FLAG_SERIALIZABLE | LambdaMetafactory.FLAG_MARKERS;

  private static final DirectMethodHandleDesc PLAIN =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          ClassDesc.of(LambdaMetafactory.class.getName()),
          "metafactory",
          ConstantDescs.ofCallsiteBootstrap(
                  ClassDesc.of(LambdaMetafactory.class.getName()),
                  "metafactory",
                  ConstantDescs.CD_CallSite,
                  ConstantDescs.CD_MethodType,
                  ConstantDescs.CD_MethodHandle,
                  ConstantDescs.CD_MethodType)
              .invocationType());

  private final ClassFile files;

  /// @param jars the program's, in which the classes lie that the code names
  PlainLambdas(List<Path> jars) {
    URLClassLoader loader =
        new URLClassLoader(
            jars.stream().map(PlainLambdas::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
    files =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)));
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar.toString(), e);
    }
  }

  /// Whether it is a class with such lambdas.
  static boolean wanted(String name, byte[] content) {
    return name.endsWith(".class")
        && new String(content, StandardCharsets.ISO_8859_1).contains(SERIALIZABLE);
  }

  byte[] rewritten(byte[] content) {
    return files.transformClass(
        files.parse(content),
        ClassTransform.transformingMethodBodies(
            (builder, element) -> {
              if (element instanceof InvokeDynamicInstruction call) {
                plain(call)
                    .ifPresentOrElse(builder::invokedynamic, () -> builder.with(element));
              } else {
                builder.with(element);
              }
            }));
  }

  private static Optional<DynamicCallSiteDesc> plain(InvokeDynamicInstruction call) {
    List<ConstantDesc> arguments = call.bootstrapArgs();
    boolean takes =
        call.bootstrapMethod().methodName().equals(SERIALIZABLE)
            && arguments.size() > FLAGS
            && arguments.get(FLAGS) instanceof Integer flags
            && (flags & ~HARMLESS) == 0;
    return takes
        ? Optional.of(
            DynamicCallSiteDesc.of(
                PLAIN,
                call.name().stringValue(),
                call.typeSymbol(),
                arguments.subList(METHOD_TYPE, FLAGS).toArray(ConstantDesc[]::new)))
        : Optional.empty();
  }
}
