internal import ArgumentParser

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Manage models.", subcommands: [ModelListCommand.self, ModelPullCommand.self, ModelCalibrateCommand.self])
}
