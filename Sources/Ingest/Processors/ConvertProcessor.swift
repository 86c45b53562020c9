internal import JSON

/// `convert`: gives a field's values another type.
struct ConvertProcessor: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case integer, long, float, double, boolean, string, auto, ip
    }

    let field: FieldPath
    let target: FieldPath
    let kind: Kind
    let ignoresMissing: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        target = try options.optionalPath("target_field") ?? field
        let name = try options.required("type")
        guard let kind = Kind(rawValue: name) else { throw options.bad("type", .notSupported(name)) }
        self.kind = kind
        ignoresMissing = try options.flag("ignore_missing")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        guard let value = document.find(field), !value.isNull else {
            if ignoresMissing { return }
            if document.find(field) == nil { _ = try document.value(at: field) }
            throw .fieldIsNull(field.text, action: "be converted to type [\(kind.rawValue)]")
        }
        if let array = value.array {
            var converted: [JSONValue] = []
            for item in array { converted.append(try convert(item)) }
            try document.set(target, .array(converted))
        } else {
            try document.set(target, try convert(value))
        }
    }

    private func convert(_ value: JSONValue) throws(IngestFault) -> JSONValue {
        guard let text = value.plainText else {
            if kind == .string { return .string(String(decoding: value.serialized(), as: UTF8.self)) }
            throw .cannotConvert(String(decoding: value.serialized(), as: UTF8.self), to: kind.rawValue)
        }
        switch kind {
        case .string: return .string(text)
        case .auto:
            guard value.string != nil else { return value }
            if text.lowercased() == "true" { return true }
            if text.lowercased() == "false" { return false }
            if let int = Self.integer(text) { return .int(Int(int)) }
            if let double = Double(text), double.isFinite { return .double(double) }
            return value
        case .integer: if let number = Self.integer(text), Int32(exactly: number) != nil { return .int(Int(number)) }
        case .long: if let number = Self.integer(text) { return .int(Int(number)) }
        case .float: if let number = Float(text), number.isFinite { return .float(number) }
        case .double: if let number = Double(text), number.isFinite { return .double(number) }
        case .boolean:
            if text.lowercased() == "true" { return true }
            if text.lowercased() == "false" { return false }
        case .ip: if Self.isAddress(text) { return .string(text) }
        }
        throw .cannotConvert(text, to: kind.rawValue)
    }

    private static func integer(_ text: String) -> Int64? {
        let lower = text.lowercased()
        if lower.hasPrefix("0x") { return Int64(lower.dropFirst(2), radix: 16) }
        if lower.hasPrefix("-0x") { return Int64("-" + lower.dropFirst(3), radix: 16) }
        return Int64(text)
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil && $0.utf8.count <= 3 }) { return true }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        return text.contains(":") && groups.count <= 8 && (groups.count == 8 || text.contains("::"))
            && groups.allSatisfy { $0.isEmpty || ($0.utf8.count <= 4 && UInt16($0, radix: 16) != nil) }
    }
}
