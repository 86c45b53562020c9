internal import Foundation

extension Method {
    /// The methods of `String`. Positions count UTF-16 code units, as Java's.
    func call(on text: String) throws(ScriptFault) -> ScriptValue? {
        try budget.charge(bytes: 0, copying: text.utf8.count)
        switch (name, arguments.count) {
        case ("length", 0): return .int(Int32(clamping: text.utf16.count))
        case ("isEmpty", 0): return .bool(text.isEmpty)
        case ("chars", 0):
            try budget.charge(bytes: 24 * text.utf16.count)
            return try run.makeList(text.utf16.map { .int(Int32($0)) })
        case ("codePointAt", 1):
            let index = try integer(0), units = text.utf16
            guard 0..<units.count ~= index else { throw .stringIndexOutOfBounds(begin: index, end: index, count: units.count) }
            let place = units.index(units.startIndex, offsetBy: index)
            return .int(place.samePosition(in: text.unicodeScalars).map { Int32(clamping: text.unicodeScalars[$0].value) } ?? Int32(units[place]))
        case ("isBlank", 0): return .bool(text.allSatisfy(\.isWhitespace))
        case ("charAt", 1):
            let index = try integer(0), units = text.utf16
            guard 0..<units.count ~= index else {
                throw .stringIndexOutOfBounds(begin: index, end: index, count: units.count)
            }
            return .char(units[units.index(units.startIndex, offsetBy: index)])
        case ("substring", 1), ("substring", 2):
            let count = text.utf16.count, begin = try integer(0)
            return try slice(text, begin, arguments.count > 1 ? try integer(1) : count, count)
        case ("contains", 1): return .bool(Self.range(of: try self.text(0), in: text) != nil)
        case ("startsWith", 1): return .bool(text.utf8.starts(with: try self.text(0).utf8))
        case ("endsWith", 1): return .bool(text.utf8.reversed().starts(with: try self.text(0).utf8.reversed()))
        case ("indexOf", 1), ("indexOf", 2):
            let from = arguments.count > 1 ? max(0, try integer(1)) : 0
            let position = Self.positions(of: try needle(), in: text).first { $0 >= from }
            return .int(Int32(clamping: position ?? -1))
        case ("lastIndexOf", 1): return .int(Int32(clamping: Self.positions(of: try needle(), in: text).last ?? -1))
        case ("toLowerCase", 0): return try run.makeString(text.lowercased())
        case ("toUpperCase", 0): return try run.makeString(text.uppercased())
        case ("trim", 0), ("strip", 0):
            return try run.makeString(text.trimmingCharacters(in: .whitespacesAndNewlines))
        case ("concat", 1): return try run.binary(.add, .string(text), .string(try self.text(0)))
        case ("replace", 2): return try replace(text, try self.text(0), with: try self.text(1))
        case ("equalsIgnoreCase", 1): return .bool(text.lowercased() == (try self.text(0)).lowercased())
        case ("compareToIgnoreCase", 1):
            return .int(Int32(try run.compare(.string(text.lowercased()), .string(try self.text(0).lowercased()))))
        case ("repeat", 1):
            let count = try integer(0)
            guard count >= 0 else { throw .unusableValue(String(count)) }
            let (bytes, overflow) = text.utf8.count.multipliedReportingOverflow(by: count)
            guard !overflow, bytes <= Budget.maximumBytes else { throw .tooMuchMemory }
            try budget.charge(bytes: bytes)
            return .string(String(repeating: text, count: count))
        case ("splitOnToken", 1), ("splitOnToken", 2):
            let limit = arguments.count > 1 ? try integer(1) : 0
            return try split(text, at: try self.text(0), limit: limit <= 0 ? .max : limit)
        case ("split", 1): return try split(text, with: try pattern(0))
        case ("matches", 1): return .bool(try PatternObject(try pattern(0)).matches(text, budget))
        case ("replaceAll", 1) where lambda != nil, ("replaceFirst", 1) where lambda != nil:
            return try replaceAll(text, with: try pattern(0), onlyFirst: name == "replaceFirst")
        case ("replaceAll", 2):
            return try run.makeString(try replaceAll(text, try pattern(0), onlyFirst: false))
        case ("replaceFirst", 2):
            return try run.makeString(try replaceAll(text, try pattern(0), onlyFirst: true))
        case ("toCharArray", 0):
            try budget.charge(bytes: 24 * text.utf16.count)
            return try run.makeList(text.utf16.map { .char($0) }, kind: .array)
        case ("encodeBase64", 0): return try run.makeString(Data(text.utf8).base64EncodedString())
        case ("decodeBase64", 0):
            guard let data = Data(base64Encoded: text) else { throw .unusableValue(text) }
            return try run.makeString(String(decoding: data, as: UTF8.self))
        default: return nil
        }
    }

    /// `indexOf` takes a character's number too.
    private func needle() throws(ScriptFault) -> String {
        if case .int(let code) = arguments[0] { return Unicode.Scalar(UInt32(bitPattern: code)).map(String.init) ?? "" }
        return try text(0)
    }

    private func pattern(_ number: Int) throws(ScriptFault) -> BoundedRegex {
        if case .object(let object as PatternObject) = arguments[number] { return object.pattern }
        let source = try text(number)
        guard let pattern = BoundedRegex(source) else { throw .badPattern(source) }
        return pattern
    }

    private func slice(_ text: String, _ begin: Int, _ end: Int, _ count: Int) throws(ScriptFault) -> ScriptValue {
        guard begin >= 0, begin <= end, end <= count else {
            throw .stringIndexOutOfBounds(begin: begin, end: end, count: count)
        }
        let units = text.utf16, start = units.index(units.startIndex, offsetBy: begin)
        let part = units[start..<units.index(start, offsetBy: end - begin)]
        return try run.makeString(String(part) ?? String(decoding: Array(part), as: UTF16.self))
    }

    private static func range(of needle: String, in text: String) -> Range<String.Index>? {
        needle.isEmpty ? text.startIndex..<text.startIndex : text.range(of: needle, options: .literal)
    }

    /// Where a text stands in another, in UTF-16 code units; overlapping places too.
    private static func positions(of needle: String, in text: String) -> [Int] {
        if needle.isEmpty { return [0] }
        var positions: [Int] = [], from = text.startIndex, counted = text.utf16.startIndex, count = 0
        while let found = text.range(of: needle, options: .literal, range: from..<text.endIndex) {
            count += text.utf16.distance(from: counted, to: found.lowerBound)
            counted = found.lowerBound
            positions.append(count)
            from = text.unicodeScalars.index(after: found.lowerBound)
        }
        return positions
    }

    private func replace(_ text: String, _ target: String, with replacement: String) throws(ScriptFault) -> ScriptValue {
        guard !target.isEmpty else { throw .unusableValue(target) }
        let places = text.ranges(of: target).count
        try budget.charge(bytes: text.utf8.count)
        let (added, overflow) = places.multipliedReportingOverflow(by: replacement.utf8.count)
        guard !overflow, added <= Budget.maximumBytes else { throw .tooMuchMemory }
        try budget.charge(bytes: added)
        return .string(text.replacingOccurrences(of: target, with: replacement, options: .literal))
    }

    private func split(_ text: String, at token: String, limit: Int) throws(ScriptFault) -> ScriptValue {
        guard !token.isEmpty else { throw .unusableValue(token) }
        var parts: [ScriptValue] = [], from = text.startIndex
        while parts.count < limit - 1,
            let found = text.range(of: token, options: .literal, range: from..<text.endIndex)
        {
            try budget.charge(bytes: 40)
            parts.append(.string(String(text[from..<found.lowerBound])))
            from = found.upperBound
        }
        parts.append(.string(String(text[from...])))
        // As Painless, and as Java's `split` does: empty parts at the end are left out.
        if limit == .max { while parts.count > 1, case .string("")? = parts.last { parts.removeLast() } }
        return try run.makeList(parts, kind: .array)
    }

    private func split(_ text: String, with pattern: BoundedRegex) throws(ScriptFault) -> ScriptValue {
        let units = Array(text.unicodeScalars)
        var parts: [ScriptValue] = [], from = 0
        for match in try PatternObject(pattern).all(units, budget) {
            guard let range = match.first ?? nil, range.upperBound > 0 else { continue }
            try budget.charge(bytes: 40)
            parts.append(.string(BoundedRegex.text(units[from..<range.lowerBound])))
            from = range.upperBound
        }
        parts.append(.string(BoundedRegex.text(units[from...])))
        while parts.count > 1, case .string("")? = parts.last { parts.removeLast() }
        return try run.makeList(parts, kind: .array)
    }

    /// What the lambda makes of each match in its place.
    private func replaceAll(_ text: String, with pattern: BoundedRegex, onlyFirst: Bool) throws(ScriptFault) -> ScriptValue? {
        guard let lambda else { return nil }
        let units = Array(text.unicodeScalars)
        var result = "", from = 0
        for match in try PatternObject(pattern).all(units, budget) {
            guard let range = match.first ?? nil else { continue }
            let matcher = PatternObject(pattern, matched: units, match)
            let made = try run.call(lambda, [.object(matcher)]).text(budget)
            try budget.charge(bytes: made.utf8.count)
            result += BoundedRegex.text(units[from..<range.lowerBound]) + made
            from = range.upperBound
            if onlyFirst { break }
        }
        return try run.makeString(result + BoundedRegex.text(units[from...]))
    }

    private func replaceAll(_ text: String, _ pattern: BoundedRegex, onlyFirst: Bool) throws(ScriptFault) -> String {
        let replacement = lambda == nil ? try self.text(1) : ""
        do {
            return try pattern.replacing(
                text, with: replacement, onlyFirst: onlyFirst, steps: PatternObject.maximumSteps, bytes: Budget.maximumBytes)
        } catch {
            throw .patternTooSlow
        }
    }
}
