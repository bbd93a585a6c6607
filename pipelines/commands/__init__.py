"""The commands, by what they are for: files coming in, a run, answers, proof, what people open.

Each module imports click and the words of the command line only; what a command needs it imports when called.
"""
