/// What streams have beyond lists, and what Painless adds to collections.
extension Method {
    func stream(_ list: ScriptList) throws(ScriptFault) -> ScriptValue? {
        let elements = list.elements
        switch (name, arguments.count) {
        case ("collect", 1):
            guard case .object(let object) = arguments[0], let collector = object as? CollectorObject else { return nil }
            try budget.charge(elements.count)
            return try collector.collect(elements, run)
        case ("sorted", 0): return try run.makeList(try sorted(elements, by: nil))
        case ("findFirst", 0), ("findAny", 0): return .object(try OptionalObject.holding(elements.first))
        case ("max", 0): return .object(try OptionalObject.holding(extreme(elements, 1, nil)))
        case ("min", 0): return .object(try OptionalObject.holding(extreme(elements, -1, nil)))
        case ("average", 0):
            if elements.isEmpty { return .object(OptionalObject(nil)) }
            try budget.charge(elements.count)
            return .object(try OptionalObject.holding(.double(elements.reduce(0) { $0 + $1.double } / Double(elements.count))))
        case ("skip", 1): return try run.makeList(Array(elements.dropFirst(max(0, try integer(0)))))
        case ("limit", 1): return try run.makeList(Array(elements.prefix(max(0, try integer(0)))))
        case ("asDoubleStream", 0): return try run.makeList(elements.map { .double($0.double) })
        case ("asLongStream", 0): return try run.makeList(elements.map { .long($0.long) })
        case ("parallel", 0), ("sequential", 0), ("unordered", 0), ("asList", 0), ("asCollection", 0): return .list(list)
        case ("addFirst", 1), ("push", 1), ("addLast", 1), ("offer", 1), ("offerLast", 1), ("offerFirst", 1):
            let list = try mutable(list)
            try budget.charge(bytes: 24, copying: elements.count)
            if name == "addFirst" || name == "push" || name == "offerFirst" {
                list.elements.insert(arguments[0], at: 0)
            } else {
                list.elements.append(arguments[0])
            }
            return name.hasPrefix("offer") ? .bool(true) : .null
        case ("getFirst", 0), ("element", 0), ("getLast", 0):
            guard let value = name == "getLast" ? elements.last : elements.first else { throw .noSuchElement }
            return value
        case ("peek", 0), ("peekFirst", 0): return elements.first ?? .null
        case ("peekLast", 0): return elements.last ?? .null
        case ("pop", 0), ("removeFirst", 0), ("remove", 0), ("poll", 0), ("pollFirst", 0), ("removeLast", 0), ("pollLast", 0):
            let list = try mutable(list)
            guard !elements.isEmpty else {
                if name.hasPrefix("poll") { return .null }
                throw .noSuchElement
            }
            try budget.charge(bytes: 0, copying: elements.count)
            return name.hasSuffix("Last") ? list.elements.removeLast() : list.elements.removeFirst()
        default: return nil
        }
    }

    func extreme(_ elements: [ScriptValue], _ sign: Int, _ comparator: FunctionObject?) throws(ScriptFault) -> ScriptValue? {
        guard var best = elements.first else { return nil }
        for element in elements.dropFirst() where try order(element, best, comparator) * sign > 0 { best = element }
        return best
    }

    /// What streams do with a function.
    func stream(_ list: ScriptList, _ function: FunctionObject) throws(ScriptFault) -> ScriptValue? {
        let elements = list.elements
        switch (name, arguments.count) {
        case ("reduce", 1):
            var result = arguments[0]
            for element in elements { result = try run.call(function, [result, element]) }
            return result
        case ("reduce", 0):
            guard var result = elements.first else { return .object(OptionalObject(nil)) }
            for element in elements.dropFirst() { result = try run.call(function, [result, element]) }
            return .object(try OptionalObject.holding(result))
        case ("max", 0): return .object(try OptionalObject.holding(extreme(elements, 1, function)))
        case ("min", 0): return .object(try OptionalObject.holding(extreme(elements, -1, function)))
        case ("flatMap", 0):
            var mapped: [ScriptValue] = []
            for element in elements {
                let part = try run.elements(of: try run.call(function, [element]))
                try budget.charge(bytes: 24 * part.count)
                mapped += part
            }
            return try run.makeList(mapped)
        case ("mapToObj", 0), ("mapToInt", 0), ("mapToLong", 0), ("mapToDouble", 0):
            var mapped: [ScriptValue] = []
            for element in elements {
                let value = try run.call(function, [element])
                guard name != "mapToObj", value.numericType != nil else {
                    mapped.append(value)
                    continue
                }
                mapped.append(name == "mapToInt" ? .int(value.int) : name == "mapToLong" ? .long(value.long) : .double(value.double))
            }
            return try run.makeList(mapped)
        case ("peek", 0), ("each", 0):
            for element in elements { _ = try run.call(function, [element]) }
            return .list(list)
        case ("eachWithIndex", 0):
            for (index, element) in elements.enumerated() { _ = try run.call(function, [element, .int(Int32(clamping: index))]) }
            return .list(list)
        case ("takeWhile", 0):
            var kept: [ScriptValue] = []
            for element in elements {
                guard try holds(function, [element]) else { break }
                kept.append(element)
            }
            return try run.makeList(kept)
        case ("dropWhile", 0):
            var kept: [ScriptValue] = []
            for element in elements {
                if kept.isEmpty, try holds(function, [element]) { continue }
                kept.append(element)
            }
            return try run.makeList(kept)
        case ("count", 0):
            var count = 0
            for element in elements where try holds(function, [element]) { count += 1 }
            return .int(Int32(clamping: count))
        case ("sum", 0):
            var sum = 0.0
            for element in elements { sum += try run.call(function, [element]).double }
            return .double(sum)
        case ("groupBy", 0): return try StaticCall.grouped(elements, by: function, nil, run)
        case ("split", 0):
            let parts = [try run.makeList([]), try run.makeList([])]
            for element in elements {
                guard case .list(let part) = parts[try holds(function, [element]) ? 0 : 1] else { continue }
                try run.add([element], to: part)
            }
            return try run.makeList(parts)
        case ("findResult", 0), ("findResult", 1):
            for element in elements {
                let value = try run.call(function, [element])
                if !value.isNull { return value }
            }
            return arguments.first ?? .null
        case ("findResults", 0):
            var found: [ScriptValue] = []
            for element in elements {
                let value = try run.call(function, [element])
                if !value.isNull { found.append(value) }
            }
            return try run.makeList(found)
        default: return nil
        }
    }
}
