extension Method {
    /// The methods of lists, arrays and sets.
    func call(on list: ScriptList) throws(ScriptFault) -> ScriptValue? {
        if lambda == nil, let result = try stream(list) { return result }
        if lambda == nil, let result = try read(list) { return result }
        if let lambda, let result = try stream(list, lambda) { return result }
        if let lambda, let result = try call(on: list, lambda) { return result }
        switch (name, arguments.count) {
        case ("add", 1): return .bool(try run.add([arguments[0]], to: list))
        case ("add", 2):
            let index = try integer(0), list = try mutable(list)
            guard 0...list.elements.count ~= index else { throw .indexOutOfBounds(index: index, count: list.elements.count) }
            try budget.charge(bytes: 24, copying: list.elements.count)
            list.elements.insert(arguments[1], at: index)
            return .null
        case ("addAll", 1): return .bool(try run.add(try run.elements(of: arguments[0]), to: list))
        case ("set", 2):
            let position = try run.checked(try integer(0), in: list), list = try mutable(list)
            let former = list.elements[position]
            list.elements[position] = arguments[1]
            return former
        case ("remove", 1):
            let list = try mutable(list)
            try budget.charge(bytes: 0, copying: list.elements.count)
            if list.kind == .list, let type = arguments[0].numericType, type == .int {
                return list.elements.remove(at: try run.checked(try integer(0), in: list))
            }
            guard let position = try run.position(of: arguments[0], in: list) else { return .bool(false) }
            list.elements.remove(at: position)
            return .bool(true)
        case ("removeAll", 1), ("retainAll", 1):
            let others = ScriptList(try run.elements(of: arguments[0])), list = try mutable(list), keeps = name == "retainAll"
            let before = list.elements.count
            var kept: [ScriptValue] = []
            for element in list.elements where try (run.position(of: element, in: others) != nil) == keeps { kept.append(element) }
            list.elements = kept
            return .bool(kept.count != before)
        case ("clear", 0):
            try mutable(list).elements = []
            return .null
        case ("sort", 1):
            let list = try mutable(list)
            list.elements = try sorted(list.elements, by: nil)
            return .null
        default: return nil
        }
    }

    /// What changes nothing.
    private func read(_ list: ScriptList) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("size", 0), ("getLength", 0): return .int(Int32(clamping: list.elements.count))
        case ("isEmpty", 0): return .bool(list.elements.isEmpty)
        case ("get", 1):
            let index = try integer(0)
            guard 0..<list.elements.count ~= index else { throw .indexOutOfBounds(index: index, count: list.elements.count) }
            return list.elements[index]
        case ("contains", 1): return .bool(try run.position(of: arguments[0], in: list) != nil)
        case ("containsAll", 1):
            for element in try run.elements(of: arguments[0]) where try run.position(of: element, in: list) == nil {
                return .bool(false)
            }
            return .bool(true)
        case ("indexOf", 1): return .int(Int32(clamping: try run.position(of: arguments[0], in: list) ?? -1))
        case ("lastIndexOf", 1):
            let reversed = ScriptList(list.elements.reversed())
            guard let position = try run.position(of: arguments[0], in: reversed) else { return .int(-1) }
            return .int(Int32(clamping: list.elements.count - 1 - position))
        case ("subList", 2):
            let begin = try integer(0), end = try integer(1)
            guard begin >= 0, begin <= end, end <= list.elements.count else {
                throw .indexOutOfBounds(index: end, count: list.elements.count)
            }
            return try run.makeList(Array(list.elements[begin..<end]))
        case ("iterator", 0): return .object(IteratorObject(list.elements))
        // A stream is its list: what can be done with one is in both.
        case ("stream", 0), ("toList", 0), ("boxed", 0), ("clone", 0): return try run.makeList(list.elements)
        case ("toArray", 0): return try run.makeList(list.elements, kind: .array)
        case ("distinct", 0):
            let copy = try run.makeList([], kind: .set)
            if case .list(let set) = copy {
                try run.add(list.elements, to: set)
                return try run.makeList(set.elements)
            }
            return copy
        case ("count", 0): return .long(Int64(list.elements.count))
        case ("sum", 0):
            var sum = ScriptValue.int(0)
            for element in list.elements {
                try budget.charge(1)
                sum = try ScriptValue.arithmetic(.add, sum, element)
            }
            return sum
        case ("join", 1): return try joined(list, try text(0))
        default: return nil
        }
    }

    func joined(_ list: ScriptList, _ separator: String) throws(ScriptFault) -> ScriptValue {
        var parts: [String] = []
        for element in list.elements {
            let part = try element.text(budget)
            try budget.charge(bytes: part.utf8.count + separator.utf8.count)
            parts.append(part)
        }
        return .string(parts.joined(separator: separator))
    }

    private func call(on list: ScriptList, _ lambda: FunctionObject) throws(ScriptFault) -> ScriptValue? {
        let elements = list.elements
        switch name {
        case "removeIf":
            var kept: [ScriptValue] = []
            for element in elements where !(try holds(lambda, [element])) { kept.append(element) }
            try mutable(list).elements = kept
            return .bool(kept.count != elements.count)
        case "sort", "sorted":
            let sorted = try sorted(elements, by: lambda)
            if name == "sorted" { return try run.makeList(sorted) }
            try mutable(list).elements = sorted
            return .null
        case "forEach":
            for element in elements { _ = try run.call(lambda, [element]) }
            return .null
        case "replaceAll":
            var replaced: [ScriptValue] = []
            for element in elements { replaced.append(try run.call(lambda, [element])) }
            try mutable(list).elements = replaced
            return .null
        case "map", "collect":
            var mapped: [ScriptValue] = []
            for element in elements { mapped.append(try run.call(lambda, [element])) }
            return try run.makeList(mapped)
        case "filter", "findAll":
            var kept: [ScriptValue] = []
            for element in elements where try holds(lambda, [element]) { kept.append(element) }
            return try run.makeList(kept)
        case "anyMatch", "any", "allMatch", "every", "noneMatch":
            let stopsAt = name == "anyMatch" || name == "any" || name == "noneMatch"
            for element in elements where try holds(lambda, [element]) == stopsAt {
                return .bool(name == "anyMatch" || name == "any")
            }
            return .bool(!(name == "anyMatch" || name == "any"))
        case "find":
            for element in elements where try holds(lambda, [element]) { return element }
            return .null
        default: return nil
        }
    }

    /// A merge sort, stable as Java's; comparisons can fail, and then so does it.
    func sorted(_ elements: [ScriptValue], by lambda: FunctionObject?) throws(ScriptFault) -> [ScriptValue] {
        guard elements.count > 1 else { return elements }
        try budget.charge(bytes: 24 * elements.count)
        var source = elements, width = 1
        while width < source.count {
            var merged: [ScriptValue] = []
            merged.reserveCapacity(source.count)
            for start in stride(from: 0, to: source.count, by: 2 * width) {
                let middle = min(start + width, source.count), end = min(start + 2 * width, source.count)
                var (left, right) = (start, middle)
                while left < middle || right < end {
                    try budget.charge(1)
                    let takesLeft = right == end ? true : left == middle ? false : try order(source[left], source[right], lambda) <= 0
                    if takesLeft {
                        merged.append(source[left])
                        left += 1
                    } else {
                        merged.append(source[right])
                        right += 1
                    }
                }
            }
            source = merged
            width *= 2
        }
        return source
    }

    func order(
        _ left: ScriptValue, _ right: ScriptValue, _ lambda: FunctionObject?
    ) throws(ScriptFault) -> Int {
        guard let lambda else { return try run.compare(left, right) }
        return Int(try run.call(lambda, [left, right]).long)
    }
}
