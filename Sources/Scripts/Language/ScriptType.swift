/// A declared type, as far as it changes values that are assigned.
struct ScriptType: Equatable, Sendable {
    enum Base: Equatable, Sendable {
        case anything, boolean, byte, short, character, int, long, float, double, string, list, map
        /// A class that is only checked by name.
        case named(String)
    }

    var base: Base
    /// Of a class: null may be assigned.
    var isReference: Bool
    var arrayDepth = 0

    static let anything = ScriptType(base: .anything, isReference: true)

    /// - Returns: nil for a name that is no type.
    init?(_ name: String) {
        guard let (base, isReference) = Self.known[name] else { return nil }
        self.init(base: base, isReference: isReference)
    }

    private init(base: Base, isReference: Bool) {
        self.base = base
        self.isReference = isReference
    }

    private static let known: [String: (Base, Bool)] = {
        var known: [String: (Base, Bool)] = [
            "def": (.anything, true), "Object": (.anything, true), "Number": (.anything, true), "var": (.anything, true),
            "boolean": (.boolean, false), "byte": (.byte, false), "short": (.short, false), "char": (.character, false),
            "int": (.int, false), "long": (.long, false), "float": (.float, false), "double": (.double, false),
            "Boolean": (.boolean, true), "Byte": (.byte, true), "Short": (.short, true), "Character": (.character, true),
            "Integer": (.int, true), "Long": (.long, true), "Float": (.float, true), "Double": (.double, true),
            "String": (.string, true), "CharSequence": (.string, true), "void": (.anything, true),
        ]
        for name in [
            "List", "ArrayList", "LinkedList", "Collection", "Iterable", "Set", "HashSet", "LinkedHashSet", "TreeSet", "SortedSet",
            "Deque", "ArrayDeque", "Queue",
        ] {
            known[name] = (.list, true)
        }
        for name in ["Map", "HashMap", "LinkedHashMap"] { known[name] = (.map, true) }
        known["TreeMap"] = (.map, true)
        for name in
            ["StringBuilder", "Iterator", "Map.Entry", "Entry", "ZonedDateTime", "JodaCompatibleZonedDateTime", "Instant",
                "Math", "MovingFunctions", "Collections", "Arrays", "Objects", "Duration", "ChronoUnit", "DateTimeFormatter",
                "ZoneId", "ZoneOffset",
                "LocalDate", "LocalDateTime", "LocalTime", "OffsetDateTime", "Pattern", "Matcher", "Function", "BiFunction",
                "Supplier", "Predicate",
                "BiPredicate", "Consumer", "BiConsumer", "UnaryOperator", "BinaryOperator", "ToIntFunction", "ToLongFunction",
                "ToDoubleFunction", "IntFunction", "Comparator", "Collectors", "Collector", "Optional", "OptionalInt", "OptionalLong",
                "OptionalDouble", "Stream", "IntStream", "LongStream", "DoubleStream", "DayOfWeek", "Month", "ChronoField",
                "TextStyle", "Locale", "Date", "UUID", "GeoPoint",
                "DenseVector", "Field", "WriteField", "Metadata", "Processors", "System"] + exceptions
        {
            known[name] = (.named(name), true)
        }
        return known
    }()

    static let exceptions = [
        "Exception", "RuntimeException", "IllegalArgumentException", "IllegalStateException", "ArithmeticException",
        "NullPointerException", "IndexOutOfBoundsException", "NumberFormatException", "ClassCastException",
        "UnsupportedOperationException", "NoSuchElementException", "ArrayIndexOutOfBoundsException",
    ]
}
