public import JSON

extension FieldMapping {
    /// Where `docvalue_fields` finds values.
    public enum DocValueAccess: Equatable, Sendable {
        case column
        case points
        case vectors
        case constant(String?)
        /// The source has what is asked for: base64, spans.
        case source
        /// There is nothing to read by document.
        case none
    }

    public var docValueAccess: DocValueAccess {
        guard parameters["doc_values"] != .bool(false) else { return .none }
        switch type {
        case .keyword, .number, .boolean, .date: return .column
        case .geoPoint: return .points
        case .denseVector: return .vectors
        case .text: return .none
        case .served(let served):
            switch served.column {
            case .terms, .longs, .unsigned, .nanoseconds, .doubles: return .column
            case .constant(let value): return .constant(value)
            case .features: return .none
            case .none: return served.text != nil || !isSearchable && parameters["doc_values"] == nil ? .none : .source
            }
        }
    }

    /// A value of the field's column as `docvalue_fields` shows it.
    ///
    /// - Parameter format: of dates, in place of the mapping's.
    public func shownDocValue(_ value: IndexedValue, format: DateFormat?) -> JSONValue {
        switch (type, value) {
        case (.boolean, .long(let flag)): return .bool(flag != 0)
        case (.date(let own), .long(let moment)): return .string((format ?? own).string(milliseconds: moment))
        case (.number(.scaledFloat(let factor)), .long(let scaled)): return .double(Double(scaled) / factor)
        case (.number(.unsignedLong), .long(let ordered)): return Self.unsigned(ordered)
        case (.number(.float), .double(let number)), (.number(.halfFloat), .double(let number)): return .float(Float(number))
        case (.served(let served), .long(let number)):
            switch served.column {
            case .unsigned: return Self.unsigned(number)
            case .nanoseconds(let own): return .string((format ?? own).string(nanoseconds: number))
            case .none, .terms, .longs, .doubles, .features, .constant: return .int(Int(number))
            }
        case (_, let value): return type.coding.shown(value)
        }
    }

    private static func unsigned(_ ordered: Int64) -> JSONValue {
        let number = UInt64(bitPattern: ordered) ^ 1 << 63
        return Int(exactly: number).map { .int($0) } ?? .unsigned(number)
    }
}
