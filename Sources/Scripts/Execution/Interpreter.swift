/// Runs a script. Not to be shared: one run after the other.
final class Interpreter {
    /// Calls and expressions within each other: reading allows fewer, so only functions that call themselves get there.
    static let maximumDepth = 400

    let program: ScriptProgram
    let environment: any ScriptEnvironment
    private(set) var budget: Budget
    private let steps: Int
    /// Where the script is, for the error.
    var offset = 0
    private(set) var statement = 0..<0
    private var stack: [ScriptValue] = []
    private var base = 0
    private var depth = 0
    /// The frames that are there, by numbers of their own.
    private var frames = [0]
    private var madeFrames = 0

    /// Where a lambda was made.
    struct Frame {
        var base: Int
        var depth: Int
        var number: Int
    }

    var frame: Frame { Frame(base: base, depth: frames.count - 1, number: frames.last ?? 0) }
    /// What the script made or may have changed. Emptied at the end of a run: lists that contain themselves are let go.
    private var owned: [AnyObject] = []

    /// Whether what runs make is alive after them, and counts together.
    private let keepsValues: Bool

    /// - Parameters:
    ///   - steps: what a run may do.
    ///   - keepsValues: whether what runs make is alive as long as this is.
    init(
        _ program: ScriptProgram, _ environment: any ScriptEnvironment, steps: Int = Budget.maximumSteps, keepsValues: Bool = false
    ) {
        self.keepsValues = keepsValues
        self.program = program
        self.environment = environment
        self.steps = steps
        budget = Budget(steps: steps)
    }

    enum Flow {
        case next, leave, proceed
        case give(ScriptValue)
    }

    /// Runs the script and hands its value on while it is alive.
    func run<Result>(_ use: (ScriptValue) throws(ScriptFault) -> Result) throws(ScriptFault) -> Result {
        budget = Budget(steps: steps, bytes: keepsValues ? budget.bytes : Budget.maximumBytes)
        stack = [ScriptValue](repeating: .null, count: program.slots)
        (base, depth, offset, statement) = (0, 0, 0, 0..<0)
        (frames, madeFrames) = ([0], 0)
        defer { if keepsValues { stack.removeAll(keepingCapacity: true) } else { release() } }
        return try use(try value(of: program.body))
    }

    /// The value that statements give: that of `return`, or of the last if it is an expression.
    private func value(of body: [Statement]) throws(ScriptFault) -> ScriptValue {
        for (number, statement) in body.enumerated() {
            if number == body.count - 1, case .expression(let expression) = statement.kind {
                self.statement = statement.range
                return try evaluate(expression)
            }
            if case .give(let value) = try execute(statement) { return value }
        }
        return .null
    }

    func own(_ value: ScriptValue) {
        switch value {
        case .list(let list): owned.append(list)
        case .map(let map): owned.append(map)
        default: break
        }
    }

    deinit { if keepsValues { release() } }

    private func release() {
        stack.removeAll(keepingCapacity: true)
        for object in owned {
            if let list = object as? ScriptList { list.elements = [] }
            if let map = object as? ScriptMap { map.removeAll() }
        }
        owned.removeAll(keepingCapacity: true)
    }

    func note(_ range: Range<Int>) {
        statement = range
    }

    // MARK: Frames

    func local(_ slot: Int) -> ScriptValue {
        let index = base + slot
        return index < stack.count ? stack[index] : .null
    }

    func set(_ slot: Int, _ value: ScriptValue) {
        let index = base + slot
        if index < stack.count { stack[index] = value }
    }

    /// Guards what recurses.
    func deeper<Value>(_ body: () throws(ScriptFault) -> Value) throws(ScriptFault) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .callsTooDeep }
        return try body()
    }

    func call(_ number: Int, _ arguments: [ScriptValue]) throws(ScriptFault) -> ScriptValue {
        let function = program.functions[number]
        let outer = (base, stack.count, statement)
        madeFrames += 1
        frames.append(madeFrames)
        try budget.charge(function.slots + 1)
        var converted: [ScriptValue] = []
        for (argument, type) in zip(arguments, function.parameters) { converted.append(try argument.converted(to: type)) }
        base = stack.count
        stack.append(contentsOf: converted)
        stack.append(contentsOf: repeatElement(.null, count: max(0, function.slots - converted.count)))
        defer {
            frames.removeLast()
            stack.removeLast(stack.count - outer.1)
            (base, statement) = (outer.0, outer.2)
        }
        let result = try deeper { () throws(ScriptFault) in try value(of: function.body) }
        return result.isNull ? result : try result.converted(to: function.result)
    }

    func call(_ function: FunctionObject, _ arguments: [ScriptValue]) throws(ScriptFault) -> ScriptValue {
        switch function.kind {
        case .native(let body): return try deeper { () throws(ScriptFault) in
            try budget.charge(1)
            return try body(arguments, self)
        }
        case .lambda(let lambda, let frame):
            // Its variables are those of the frame that it stands in.
            guard frames.indices.contains(frame.depth), frames[frame.depth] == frame.number else { throw .unusableValue("lambda") }
            let outer = base
            base = frame.base
            defer { base = outer }
            return try call(lambda, arguments)
        }
    }

    private func call(_ lambda: Expression.Lambda, _ arguments: [ScriptValue]) throws(ScriptFault) -> ScriptValue {
        try budget.charge(1)
        for (slot, argument) in zip(lambda.parameters, arguments) { set(slot, argument) }
        return try deeper { () throws(ScriptFault) in try value(of: lambda.body) }
    }
}
