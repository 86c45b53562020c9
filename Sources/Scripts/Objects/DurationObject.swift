/// A span of time, to the millisecond.
final class DurationObject: ScriptObject {
    let milliseconds: Int64

    init(_ milliseconds: Int64) { self.milliseconds = milliseconds }

    let typeName = "java.time.Duration"
    var text: String { "PT\(ScriptValue.text(Double(milliseconds) / 1000, shortest: (Double(milliseconds) / 1000).description))S" }

    func isEqual(_ other: any ScriptObject) -> Bool { (other as? DurationObject)?.milliseconds == milliseconds }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        guard arguments.isEmpty else { return nil }
        switch name {
        case "toMillis": return .long(milliseconds)
        case "getSeconds", "toSeconds": return .long(Int64((Double(milliseconds) / 1000).rounded(.down)))
        case "toMinutes": return .long(milliseconds / 60_000)
        case "toHours": return .long(milliseconds / 3_600_000)
        case "toDays": return .long(milliseconds / DateObject.dayLength)
        case "toNanos": return .long(milliseconds.multipliedReportingOverflow(by: 1_000_000).partialValue)
        case "isNegative": return .bool(milliseconds < 0)
        case "isZero": return .bool(milliseconds == 0)
        case "abs": return .object(DurationObject(milliseconds < 0 ? 0 &- milliseconds : milliseconds))
        case "negated": return .object(DurationObject(0 &- milliseconds))
        default: return nil
        }
    }
}
