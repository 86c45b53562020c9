/// `Collectors`, `Comparator`, `Optional`, and streams that begin without a collection.
extension StaticCall {
    private func function(_ index: Int) -> FunctionObject? {
        if index == 0, let lambda { return lambda }
        let place = lambda == nil ? index : index - 1
        guard arguments.indices.contains(place), case .object(let object) = arguments[place] else { return nil }
        return object as? FunctionObject
    }

    private func collector(_ index: Int) -> CollectorObject? {
        guard arguments.indices.contains(index), case .object(let object) = arguments[index] else { return nil }
        return object as? CollectorObject
    }

    func comparators() throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count, lambda) {
        case ("naturalOrder", 0, nil):
            return .object(FunctionObject.ordering { (left, right, run) throws(ScriptFault) in try run.compare(left, right) })
        case ("reverseOrder", 0, nil):
            return .object(FunctionObject.ordering { (left, right, run) throws(ScriptFault) in try run.compare(right, left) })
        case ("comparing", 0, let key?), ("comparingInt", 0, let key?), ("comparingLong", 0, let key?), ("comparingDouble", 0, let key?):
            return .object(try FunctionObject.comparing(key))
        case ("comparing", 1, let key?):
            guard let other = function(1) else { return nil }
            return .object(try FunctionObject.comparing(key, by: other))
        default: return nil
        }
    }

    func optionals() throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("empty", 0): return .object(OptionalObject(nil))
        case ("of", 1):
            if arguments[0].isNull { throw .nullReference(nil) }
            return .object(try OptionalObject.holding(arguments[0]))
        case ("ofNullable", 1): return .object(try OptionalObject.holding(arguments[0].isNull ? nil : arguments[0]))
        default: return nil
        }
    }

    func streams() throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("range", 2), ("rangeClosed", 2):
            let isLong = type == "LongStream", from = arguments[0].long
            let (end, overflow) = arguments[1].long.addingReportingOverflow(name == "rangeClosed" ? 1 : 0)
            let (count, isWide) = (overflow ? Int64.max : end).subtractingReportingOverflow(from)
            if count <= 0, !isWide { return try run.makeList([]) }
            guard !isWide, count <= Int64(Budget.maximumIterations) else { throw .tooMuchWork }
            try run.budget.charge(bytes: 24 * Int(count))
            return try run.makeList((0..<count).map { isLong ? .long(from + $0) : .int(Int32(truncatingIfNeeded: from + $0)) })
        case ("of", 1):
            if case .list = arguments[0] { return try run.makeList(try run.elements(of: arguments[0])) }
            return try run.makeList(arguments)
        case ("of", _): return try run.makeList(arguments)
        case ("empty", 0): return try run.makeList([])
        case ("concat", 2): return try run.makeList(try run.elements(of: arguments[0]) + (try run.elements(of: arguments[1])))
        default: return nil
        }
    }

    func collectors() throws(ScriptFault) -> ScriptValue? {
        func made(_ collect: @escaping CollectorObject.Collect) -> ScriptValue { .object(CollectorObject(collect)) }
        func made(before next: CollectorObject, _ collect: @escaping CollectorObject.Collect) throws(ScriptFault) -> ScriptValue {
            .object(try CollectorObject(before: next, collect))
        }
        switch (name, arguments.count + (lambda == nil ? 0 : 1)) {
        case ("toList", 0), ("toUnmodifiableList", 0):
            return made { (elements, run) throws(ScriptFault) in try run.makeList(elements) }
        case ("toSet", 0), ("toUnmodifiableSet", 0): return made(Self.set)
        case ("toCollection", 1):
            guard let make = function(0) else { return nil }
            return made { (elements, run) throws(ScriptFault) in
                let target = try run.call(make, [])
                if case .list(let list) = target { try run.add(elements, to: list) }
                return target
            }
        case ("joining", 0), ("joining", 1), ("joining", 3):
            var texts: [String] = []
            for argument in arguments { texts.append(try argument.text(run.budget)) }
            return made { (elements, run) throws(ScriptFault) in
                let method = Method(name: "join", arguments: [], lambda: nil, run: run)
                let joined = try method.joined(ScriptList(elements), texts.first ?? "").text(run.budget)
                return texts.count == 3 ? try run.makeString(texts[1] + joined + texts[2]) : .string(joined)
            }
        case ("counting", 0): return made { (elements, _) throws(ScriptFault) in .long(Int64(elements.count)) }
        case ("summingInt", 1), ("summingLong", 1), ("summingDouble", 1), ("averagingInt", 1), ("averagingLong", 1), ("averagingDouble", 1):
            guard let key = function(0) else { return nil }
            let name = name
            return made { (elements, run) throws(ScriptFault) in
                var sum = 0.0
                for element in elements { sum += try run.call(key, [element]).double }
                if name.hasPrefix("averaging") { return .double(elements.isEmpty ? 0 : sum / Double(elements.count)) }
                let value = ScriptValue.double(sum)
                return name == "summingDouble" ? value : name == "summingInt" ? .int(value.int) : .long(value.long)
            }
        case ("mapping", 2):
            guard let key = function(0), let inner = collector(arguments.count - 1) else { return nil }
            return try made(before: inner) { (elements, run) throws(ScriptFault) in
                var mapped: [ScriptValue] = []
                for element in elements { mapped.append(try run.call(key, [element])) }
                return try inner.collect(mapped, run)
            }
        case ("groupingBy", 1), ("partitioningBy", 1):
            guard let key = function(0) else { return nil }
            return made { (elements, run) throws(ScriptFault) in try Self.grouped(elements, by: key, nil, run) }
        case ("groupingBy", 2), ("partitioningBy", 2), ("groupingBy", 3):
            guard let key = function(0), let inner = collector(arguments.count - 1) else { return nil }
            return try made(before: inner) { (elements, run) throws(ScriptFault) in try Self.grouped(elements, by: key, inner, run) }
        case ("toMap", 2), ("toMap", 3), ("toUnmodifiableMap", 2):
            guard let key = function(0), let value = function(1) else { return nil }
            let merge = function(2)
            return made { (elements, run) throws(ScriptFault) in
                let map = ScriptMap()
                for element in elements {
                    let place = try ScriptMap.Key(try run.call(key, [element]))
                    var new = try run.call(value, [element])
                    if let former = map[place] {
                        guard let merge else { throw .thrown(type: "IllegalStateException", message: "Duplicate key") }
                        new = try run.call(merge, [former, new])
                    }
                    try run.put(place, new, in: map)
                }
                return .map(map)
            }
        case ("minBy", 1), ("maxBy", 1):
            guard let comparator = function(0) else { return nil }
            let sign = name == "maxBy" ? 1 : -1
            return made { (elements, run) throws(ScriptFault) in
                let method = Method(name: "max", arguments: [], lambda: nil, run: run)
                return .object(try OptionalObject.holding(method.extreme(elements, sign, comparator)))
            }
        default: return nil
        }
    }

    private static func set(_ elements: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        let set = try run.makeList([], kind: .set)
        if case .list(let list) = set { try run.add(elements, to: list) }
        return set
    }

    static func grouped(
        _ elements: [ScriptValue], by key: FunctionObject, _ inner: CollectorObject?, _ run: Interpreter
    ) throws(ScriptFault) -> ScriptValue {
        let map = ScriptMap()
        for element in elements {
            let place = try ScriptMap.Key(try run.call(key, [element]))
            if case .list(let group)? = map[place] {
                try run.add([element], to: group)
            } else {
                try run.put(place, try run.makeList([element]), in: map)
            }
        }
        if let inner {
            for (key, value) in map.pairs { try run.put(key, try inner.collect(try run.elements(of: value), run), in: map) }
        }
        return .map(map)
    }
}
