/// What a context gives to a running script.
protocol ScriptEnvironment: AnyObject {
    func global(_ name: String) throws(ScriptFault) -> ScriptValue
    /// The value of a call of a function whose arguments do not change, if it was computed before.
    func precomputed(site: Int) throws(ScriptFault) -> ScriptValue?
    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue
}

extension ScriptEnvironment {
    func precomputed(site: Int) throws(ScriptFault) -> ScriptValue? { nil }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        throw .unknownCall(name: name, arguments: arguments.count)
    }
}
