/// A function as a value: a lambda, a reference to a method, or a comparator.
final class FunctionObject: ScriptObject {
    typealias Native = ([ScriptValue], Interpreter) throws(ScriptFault) -> ScriptValue

    enum Kind {
        /// Runs in the frame that it was made in, as long as that is there.
        case lambda(Expression.Lambda, Interpreter.Frame)
        case native(Native)
    }

    /// Functions of functions, values in values: calling them and letting go of them goes as deep.
    static let maximumDepth = 100

    let kind: Kind
    private var depth = 1

    init(_ kind: Kind) { self.kind = kind }

    convenience init(_ native: @escaping Native) { self.init(.native(native)) }

    /// A function that is made of others.
    ///
    /// - Throws: `ScriptFault.callsTooDeep`.
    private static func composed(_ parts: FunctionObject..., native: @escaping Native) throws(ScriptFault) -> FunctionObject {
        let function = FunctionObject(native)
        function.depth = 1 + (parts.map(\.depth).max() ?? 0)
        guard function.depth <= maximumDepth else { throw .callsTooDeep }
        return function
    }

    let typeName = "java.util.function.Function"
    var text: String { "function" }

    private static let calls: Set = [
        "apply", "applyAsInt", "applyAsLong", "applyAsDouble", "test", "get", "getAsInt", "getAsLong", "getAsDouble", "accept",
        "compare", "run",
    ]

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        if Self.calls.contains(name) { return try run.call(self, arguments) }
        switch (name, arguments.count) {
        case ("reversed", 0):
            return .object(try Self.composed(self) { (pair, run) throws(ScriptFault) in try run.call(self, pair.reversed()) })
        case ("negate", 0):
            return .object(
                try Self.composed(self) { (values, run) throws(ScriptFault) in
                    guard case .bool(let flag) = try run.call(self, values) else { throw .cannotCast(from: "def", to: "boolean") }
                    return .bool(!flag)
                })
        case ("andThen", 1), ("compose", 1):
            guard case .object(let object) = arguments[0], let other = object as? FunctionObject else { return nil }
            let (first, second) = name == "andThen" ? (self, other) : (other, self)
            return .object(
                try Self.composed(self, other) { (values, run) throws(ScriptFault) in try run.call(second, [try run.call(first, values)]) })
        case ("thenComparing", 1), ("thenComparingInt", 1), ("thenComparingLong", 1), ("thenComparingDouble", 1):
            guard case .object(let object) = arguments[0], let other = object as? FunctionObject else { return nil }
            let next = other.isComparator ? other : try Self.comparing(other)
            let comparator = try Self.composed(self, next) { (pair, run) throws(ScriptFault) in
                let order = try run.call(self, pair)
                return order.long == 0 ? try run.call(next, pair) : order
            }
            comparator.isComparator = true
            return .object(comparator)
        default: return nil
        }
    }

    /// Whether it takes two values and gives their order.
    private(set) lazy var isComparator: Bool = {
        if case .lambda(let lambda, _) = kind { return lambda.parameters.count == 2 }
        return false
    }()

    static func ordering(_ order: @escaping (ScriptValue, ScriptValue, Interpreter) throws(ScriptFault) -> Int) -> FunctionObject {
        let comparator = FunctionObject { (pair, run) throws(ScriptFault) in
            guard pair.count == 2 else { throw .unusableValue("compare") }
            return .int(Int32(clamping: try order(pair[0], pair[1], run)))
        }
        comparator.isComparator = true
        return comparator
    }

    /// A comparator of what a function makes of the values.
    static func comparing(_ key: FunctionObject, by other: FunctionObject? = nil) throws(ScriptFault) -> FunctionObject {
        let comparator = ordering { (left, right, run) throws(ScriptFault) in
            let first = try run.call(key, [left]), second = try run.call(key, [right])
            if let other { return Int(try run.call(other, [first, second]).long) }
            return try run.compare(first, second)
        }
        comparator.depth = 1 + max(key.depth, other?.depth ?? 0)
        guard comparator.depth <= maximumDepth else { throw .callsTooDeep }
        return comparator
    }
}

/// What `Collectors` give: makes something of a stream's elements.
final class CollectorObject: ScriptObject {
    typealias Collect = ([ScriptValue], Interpreter) throws(ScriptFault) -> ScriptValue

    let collect: Collect
    private let depth: Int

    init(_ collect: @escaping Collect) {
        self.collect = collect
        depth = 1
    }

    /// A collector that hands on to another.
    ///
    /// - Throws: `ScriptFault.callsTooDeep`.
    init(before next: CollectorObject, _ collect: @escaping Collect) throws(ScriptFault) {
        self.collect = collect
        depth = next.depth + 1
        guard depth <= FunctionObject.maximumDepth else { throw .callsTooDeep }
    }

    let typeName = "java.util.stream.Collector"
    var text: String { "collector" }
}

/// A value that may be missing.
final class OptionalObject: ScriptObject {
    let value: ScriptValue?
    /// How many stand in one another: letting go of them goes as deep.
    private let depth: Int

    init(_ value: ScriptValue?) {
        self.value = value
        if case .object(let object)? = value, let inner = object as? OptionalObject { depth = inner.depth + 1 } else { depth = 1 }
    }

    /// - Throws: `ScriptFault.callsTooDeep`.
    static func holding(_ value: ScriptValue?) throws(ScriptFault) -> OptionalObject {
        let optional = OptionalObject(value)
        guard optional.depth <= FunctionObject.maximumDepth else { throw .callsTooDeep }
        return optional
    }

    let typeName = "java.util.Optional"
    var text: String { value == nil ? "Optional.empty" : "Optional" }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        func function() throws(ScriptFault) -> FunctionObject {
            guard case .object(let object)? = arguments.first, let function = object as? FunctionObject else {
                throw .unknownMethod(type: typeName, name: name, arguments: arguments.count)
            }
            return function
        }
        switch (name, arguments.count) {
        case ("isPresent", 0): return .bool(value != nil)
        case ("isEmpty", 0): return .bool(value == nil)
        case ("get", 0), ("getAsInt", 0), ("getAsLong", 0), ("getAsDouble", 0), ("orElseThrow", 0), ("orElseThrow", 1):
            guard let value else { throw .noSuchElement }
            return value
        case ("orElse", 1): return value ?? arguments[0]
        case ("orElseGet", 1):
            if let value { return value }
            return try run.call(try function(), [])
        case ("ifPresent", 1):
            if let value { _ = try run.call(try function(), [value]) }
            return .null
        case ("map", 1), ("flatMap", 1):
            guard let value else { return .object(self) }
            let mapped = try run.call(try function(), [value])
            if name == "flatMap" { return mapped }
            return .object(try OptionalObject.holding(mapped.isNull ? nil : mapped))
        case ("filter", 1):
            guard let value else { return .object(self) }
            guard case .bool(let keeps) = try run.call(try function(), [value]) else { throw .cannotCast(from: "def", to: "boolean") }
            return .object(keeps ? self : OptionalObject(nil))
        default: return nil
        }
    }
}
