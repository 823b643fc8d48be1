import Foundation
import Programs

Lifeline.follow()
exit(Reconstruct.run(Array(CommandLine.arguments.dropFirst())))
