package dev.millrace.engine.quality.expectation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A JSON schema of the keywords people use in suites (draft 7): types, enumerations, bounds,
/// lengths, patterns, properties, items, and `allOf`, `anyOf`, `oneOf`, `not`.
///
/// A keyword that is not known here is refused, since what it forbids would pass unseen.
final class JsonSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> NOTES =
      Set.of("$schema", "$id", "$comment", "title", "description", "default", "examples", "format");

  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "enum",
          "const",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "properties",
          "required",
          "additionalProperties",
          "minProperties",
          "maxProperties",
          "items",
          "minItems",
          "maxItems",
          "uniqueItems",
          "allOf",
          "anyOf",
          "oneOf",
          "not");

  private final JsonNode root;

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  /// @param told an object, or its text
  /// @throws WrongArgument when it is none or uses a keyword that is not known
  static JsonSchema of(@Nullable Object told) {
    JsonNode root;
    try {
      root = told instanceof String text ? JSON.readTree(text) : JSON.valueToTree(told);
    } catch (JsonProcessingException e) {
      throw new WrongArgument("json_schema is no JSON: " + e.getOriginalMessage());
    }
    if (root == null || !root.isObject()) {
      throw new WrongArgument("json_schema is " + told + ", which is no object");
    }
    check(root);
    return new JsonSchema(root);
  }

  private static void check(JsonNode schema) {
    if (schema.isBoolean()) {
      return;
    }
    if (!schema.isObject()) {
      throw new WrongArgument("json_schema holds " + schema + ", which is no schema");
    }
    Set<String> unknown = new TreeSet<>();
    schema.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KNOWN);
    unknown.removeAll(NOTES);
    if (!unknown.isEmpty()) {
      throw new WrongArgument(
          "json_schema uses " + String.join(", ", unknown) + ", which is not known here");
    }
    JsonNode pattern = schema.path("pattern");
    if (!pattern.isMissingNode()) {
      try {
        var _ = Pattern.compile(pattern.asText());
      } catch (PatternSyntaxException e) {
        throw new WrongArgument("json_schema has a pattern that is none: " + e.getDescription());
      }
    }
    schema.path("properties").forEach(JsonSchema::check);
    for (String several : new String[] {"allOf", "anyOf", "oneOf"}) {
      schema.path(several).forEach(JsonSchema::check);
    }
    for (String one : new String[] {"not", "items", "additionalProperties"}) {
      if (schema.has(one)) {
        check(schema.get(one));
      }
    }
  }

  /// Whether the text is JSON that the schema admits.
  boolean admits(String text) {
    try {
      return admits(root, JSON.readTree(text));
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  private static boolean admits(JsonNode schema, JsonNode value) {
    if (schema.isBoolean()) {
      return schema.booleanValue();
    }
    return typed(schema, value)
        && listed(schema, value)
        && (!value.isNumber() || number(schema, value.decimalValue()))
        && (!value.isTextual() || text(schema, value.textValue()))
        && (!value.isObject() || object(schema, value))
        && (!value.isArray() || array(schema, value))
        && combined(schema, value);
  }

  private static boolean typed(JsonNode schema, JsonNode value) {
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      return true;
    }
    if (type.isArray()) {
      return type.valueStream().anyMatch(one -> is(one.asText(), value));
    }
    return is(type.asText(), value);
  }

  private static boolean is(String type, JsonNode value) {
    JsonNodeType kind = value.getNodeType();
    return switch (type) {
      case "object" -> kind == JsonNodeType.OBJECT;
      case "array" -> kind == JsonNodeType.ARRAY;
      case "string" -> kind == JsonNodeType.STRING;
      case "number" -> kind == JsonNodeType.NUMBER;
      case "integer" ->
          kind == JsonNodeType.NUMBER && value.decimalValue().stripTrailingZeros().scale() <= 0;
      case "boolean" -> kind == JsonNodeType.BOOLEAN;
      case "null" -> kind == JsonNodeType.NULL;
      default -> throw new WrongArgument("json_schema names a type '" + type + "'");
    };
  }

  private static boolean listed(JsonNode schema, JsonNode value) {
    return (!schema.has("const") || same(schema.get("const"), value))
        && (!schema.has("enum")
            || schema.get("enum").valueStream().anyMatch(one -> same(one, value)));
  }

  private static boolean same(JsonNode a, JsonNode b) {
    return (a.isNumber() && b.isNumber())
        ? a.decimalValue().compareTo(b.decimalValue()) == 0
        : a.equals(b);
  }

  private static boolean number(JsonNode schema, BigDecimal value) {
    JsonNode multiple = schema.path("multipleOf");
    return (!schema.has("minimum") || value.compareTo(bound(schema, "minimum")) >= 0)
        && (!schema.has("maximum") || value.compareTo(bound(schema, "maximum")) <= 0)
        && (!schema.has("exclusiveMinimum")
            || value.compareTo(bound(schema, "exclusiveMinimum")) > 0)
        && (!schema.has("exclusiveMaximum")
            || value.compareTo(bound(schema, "exclusiveMaximum")) < 0)
        && (multiple.isMissingNode()
            || multiple.decimalValue().signum() == 0
            || value.remainder(multiple.decimalValue()).signum() == 0);
  }

  private static BigDecimal bound(JsonNode schema, String key) {
    return schema.get(key).decimalValue();
  }

  private static boolean text(JsonNode schema, String value) {
    int length = value.codePointCount(0, value.length());
    return length >= schema.path("minLength").asInt(0)
        && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
        && (!schema.has("pattern")
            || Pattern.compile(schema.get("pattern").asText()).matcher(value).find());
  }

  private static boolean object(JsonNode schema, JsonNode value) {
    if (value.size() < schema.path("minProperties").asInt(0)
        || value.size() > schema.path("maxProperties").asInt(Integer.MAX_VALUE)
        || schema.path("required").valueStream().anyMatch(name -> !value.has(name.asText()))) {
      return false;
    }
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    return value.properties().stream()
        .allMatch(
            entry ->
                properties.has(entry.getKey())
                    ? admits(properties.get(entry.getKey()), entry.getValue())
                    : others.isMissingNode() || admits(others, entry.getValue()));
  }

  private static boolean array(JsonNode schema, JsonNode value) {
    if (value.size() < schema.path("minItems").asInt(0)
        || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      return false;
    }
    if (schema.path("uniqueItems").asBoolean(false)) {
      Set<JsonNode> seen = new HashSet<>();
      if (!value.valueStream().allMatch(seen::add)) {
        return false;
      }
    }
    return !schema.has("items")
        || value.valueStream().allMatch(item -> admits(schema.get("items"), item));
  }

  private static boolean combined(JsonNode schema, JsonNode value) {
    return schema.path("allOf").valueStream().allMatch(one -> admits(one, value))
        && (!schema.has("anyOf")
            || schema.get("anyOf").valueStream().anyMatch(one -> admits(one, value)))
        && (!schema.has("oneOf")
            || schema.get("oneOf").valueStream().filter(one -> admits(one, value)).count() == 1)
        && (!schema.has("not") || !admits(schema.get("not"), value));
  }
}
