extension ScriptValue {
    /// This value as a variable of `type` holds it.
    ///
    /// - Parameter isExplicit: decimals may be cut, and longs.
    func converted(to type: ScriptType, isExplicit: Bool = false) throws(ScriptFault) -> ScriptValue {
        if type.arrayDepth > 0 {
            switch self {
            case .list, .null, .object: return self
            default: throw .cannotCast(from: typeName, to: "def[]")
            }
        }
        if isNull {
            if type.isReference { return .null }
            throw .nullReference(nil)
        }
        switch type.base {
        case .anything: return self
        case .boolean: if case .bool = self { return self }
        case .string:
            if case .string = self { return self }
            if case .char(let unit) = self { return .string(Self.text(ofUnit: unit)) }
        case .list: if case .list = self { return self } else if case .object = self { return self }
        case .map: if case .map = self { return self } else if case .object = self { return self }
        case .named: return self
        case .character:
            if case .char = self { return self }
            if case .string(let text) = self, text.utf16.count == 1 { return .char(text.utf16.first ?? 0) }
            if numericType != nil, isExplicit { return .char(UInt16(truncatingIfNeeded: long)) }
            if case .int(let value) = self, let unit = UInt16(exactly: value) { return .char(unit) }
        case .byte:
            if numericType != nil, isExplicit { return .int(Int32(Int8(truncatingIfNeeded: int))) }
            if case .int(let value) = self, Int8(exactly: value) != nil { return self }
        case .short:
            if numericType != nil, isExplicit { return .int(Int32(Int16(truncatingIfNeeded: int))) }
            if case .int(let value) = self, Int16(exactly: value) != nil { return self }
        case .int:
            if case .int = self { return self }
            if case .char(let unit) = self { return .int(Int32(unit)) }
            if numericType != nil, isExplicit { return .int(int) }
        case .long:
            if let numericType, isExplicit || numericType.rawValue <= 1 { return .long(long) }
        case .float:
            if let numericType, isExplicit || numericType != .double { return .float(Float(double)) }
        case .double:
            if numericType != nil { return .double(double) }
        }
        throw .cannotCast(from: typeName, to: type.base.javaName)
    }

    /// What a variable without a value holds.
    static func initial(of type: ScriptType) -> ScriptValue {
        if type.isReference { return .null }
        switch type.base {
        case .boolean: return .bool(false)
        case .byte, .short, .int: return .int(0)
        case .character: return .char(0)
        case .long: return .long(0)
        case .float: return .float(0)
        case .double: return .double(0)
        case .anything, .string, .list, .map, .named: return .null
        }
    }

    static func text(ofUnit unit: UInt16) -> String { String(decoding: CollectionOfOne(unit), as: UTF16.self) }
}

extension ScriptType.Base {
    var javaName: String {
        switch self {
        case .anything: "def"
        case .boolean: "boolean"
        case .byte: "byte"
        case .short: "short"
        case .character: "char"
        case .int: "int"
        case .long: "long"
        case .float: "float"
        case .double: "double"
        case .string: "java.lang.String"
        case .list: "java.util.List"
        case .map: "java.util.Map"
        case .named(let name): name
        }
    }
}
