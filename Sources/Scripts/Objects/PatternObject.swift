/// A compiled regular expression, and the matches of one with a text.
final class PatternObject: ScriptObject {
    /// Steps of one match: Elasticsearch limits them by the length of the text.
    static let maximumSteps = 2_000_000

    let pattern: BoundedRegex
    private let scalars: [Unicode.Scalar]?
    private var groups: [Range<Int>?] = []
    private var next = 0

    init(_ pattern: BoundedRegex, matching text: String? = nil) {
        self.pattern = pattern
        scalars = text.map { Array($0.unicodeScalars) }
    }

    /// A match that was found.
    init(_ pattern: BoundedRegex, matched scalars: [Unicode.Scalar], _ groups: [Range<Int>?]) {
        self.pattern = pattern
        self.scalars = scalars
        self.groups = groups
    }

    var typeName: String { scalars == nil ? "java.util.regex.Pattern" : "java.util.regex.Matcher" }
    var text: String { pattern.source }

    func find(_ text: String, _ budget: Budget) throws(ScriptFault) -> Bool {
        try match(Array(text.unicodeScalars), from: 0, isWhole: false, budget) != nil
    }

    func matches(_ text: String, _ budget: Budget) throws(ScriptFault) -> Bool {
        try match(Array(text.unicodeScalars), from: 0, isWhole: true, budget) != nil
    }

    private func match(
        _ text: [Unicode.Scalar], from start: Int, isWhole: Bool, _ budget: Budget
    ) throws(ScriptFault) -> [Range<Int>?]? {
        try budget.charge(text.count >> 3 + 64)
        do {
            var steps = Self.maximumSteps
            defer { spent = Self.maximumSteps - steps }
            return try isWhole ? pattern.wholeMatch(text, &steps) : pattern.firstMatch(text, from: start, &steps)
        } catch {
            throw .patternTooSlow
        }
    }

    private var spent = 0

    /// Every match, one after the other.
    func all(_ text: [Unicode.Scalar], _ budget: Budget) throws(ScriptFault) -> [[Range<Int>?]] {
        var found: [[Range<Int>?]] = [], start = 0
        while start <= text.count, let groups = try match(text, from: start, isWhole: false, budget),
            let range = groups.first ?? nil
        {
            try budget.charge(spent)
            found.append(groups)
            start = range.isEmpty ? range.upperBound + 1 : range.upperBound
        }
        return found
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        if scalars == nil {
            switch (name, arguments.count) {
            case ("matcher", 1): return .object(PatternObject(pattern, matching: try arguments[0].text(run.budget)))
            case ("pattern", 0): return .string(pattern.source)
            case ("split", 1):
                let text = try arguments[0].text(run.budget)
                return try Method(name: name, arguments: [.object(self)], lambda: nil, run: run).call(on: text)
            default: return nil
            }
        }
        guard let scalars else { return nil }
        switch (name, arguments.count) {
        case ("matches", 0):
            groups = try match(scalars, from: 0, isWhole: true, run.budget) ?? []
            try run.budget.charge(spent)
            return .bool(!groups.isEmpty)
        case ("find", 0):
            groups = next > scalars.count ? [] : try match(scalars, from: next, isWhole: false, run.budget) ?? []
            try run.budget.charge(spent)
            guard let range = groups.first ?? nil else { return .bool(false) }
            next = range.isEmpty ? range.upperBound + 1 : range.upperBound
            return .bool(true)
        case ("replaceAll", 1), ("replaceFirst", 1):
            return try Method(name: name, arguments: [.object(self)] + arguments, lambda: nil, run: run).call(on: BoundedRegex.text(scalars[...]))
        case ("reset", 0):
            (groups, next) = ([], 0)
            return .object(self)
        case ("lookingAt", 0):
            groups = try match(scalars, from: 0, isWhole: false, run.budget) ?? []
            if (groups.first ?? nil)?.lowerBound != 0 { groups = [] }
            return .bool(!groups.isEmpty)
        case ("group", 0): return try group(0, run)
        case ("group", 1):
            if case .string(let name) = arguments[0] {
                guard let number = pattern.groupNames[name] else { throw .unusableValue(name) }
                return try group(number, run)
            }
            return try group(try run.index(arguments[0]), run)
        case ("groupCount", 0): return .int(Int32(clamping: pattern.groupCount))
        case ("start", 0): return .int(Int32(clamping: (groups.first ?? nil)?.lowerBound ?? -1))
        case ("end", 0): return .int(Int32(clamping: (groups.first ?? nil)?.upperBound ?? -1))
        default: return nil
        }
    }

    private func group(_ number: Int, _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        guard let scalars, !groups.isEmpty else { throw .thrown(type: "IllegalStateException", message: "No match found") }
        guard groups.indices.contains(number) else { throw .indexOutOfBounds(index: number, count: groups.count) }
        guard let range = groups[number] else { return .null }
        return try run.makeString(BoundedRegex.text(scalars[range]))
    }
}
