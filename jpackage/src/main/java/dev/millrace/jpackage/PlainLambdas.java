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
/// Scala makes each of its lambdas serializable, by a call that the AOT cache does not keep: a
/// start of the broker then makes some six hundred classes anew, for lambdas that nobody ever
/// serializes.
final class PlainLambdas {

  private static final String SERIALIZABLE = "altMetafactory";

  // What the call is given: the method's type, its code, its type as it is called, flags, and then
  // by the flags a number of bridges and their types.
  private static final int INSTANTIATED = 2;
  private static final int FLAGS = 3;
  private static final int BRIDGES = 5;

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
                plain(call).ifPresentOrElse(builder::invokedynamic, () -> builder.with(element));
              } else {
                builder.with(element);
              }
            }));
  }

  private static Optional<DynamicCallSiteDesc> plain(InvokeDynamicInstruction call) {
    List<ConstantDesc> arguments = call.bootstrapArgs();
    return call.bootstrapMethod().methodName().equals(SERIALIZABLE) && nothingMore(arguments)
        ? Optional.of(
            DynamicCallSiteDesc.of(
                PLAIN,
                call.name().stringValue(),
                call.typeSymbol(),
                arguments.subList(0, FLAGS).toArray(ConstantDesc[]::new)))
        : Optional.empty();
  }

  /// Whether it only asks for what is of no use: to be serializable, and a second method with the
  /// types as they are called, which no interface has.
  private static boolean nothingMore(List<ConstantDesc> arguments) {
    if (!(arguments.get(FLAGS) instanceof Integer flags)) {
      return false;
    }
    return switch (flags & ~LambdaMetafactory.FLAG_SERIALIZABLE) {
      case 0 -> true;
      case LambdaMetafactory.FLAG_BRIDGES ->
          arguments.stream().skip(BRIDGES).allMatch(arguments.get(INSTANTIATED)::equals);
      default -> false;
    };
  }
}
